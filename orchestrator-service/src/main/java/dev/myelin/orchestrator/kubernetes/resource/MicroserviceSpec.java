package dev.myelin.orchestrator.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What is wanted of a service. Everything but the image has a default, the same as in the schema.
///
/// Flat where people write it; taken apart here by what it is about.
///
/// @param application name of the application
/// @param program what runs
/// @param behaviour the attributes of the service
/// @param placement where it runs, and as what
/// @param pod what else its pods have
/// @param expose how it is reached from outside by itself, if at all
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(using = MicroserviceSpec.Reader.class)
public record MicroserviceSpec(
    @Nullable String application,
    @JsonUnwrapped ProgramSpec program,
    @JsonUnwrapped BehaviourSpec behaviour,
    @JsonUnwrapped PlacementSpec placement,
    @JsonUnwrapped PodSpecAdditions pod,
    @Nullable ExposeSpec expose) {

  /// Reads the flat form: the client's own mapper cannot take it apart by the annotations.
  static final class Reader extends JsonDeserializer<MicroserviceSpec> {

    @Override
    public MicroserviceSpec deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      var tree = context.readTree(parser);
      var application = tree.get("application");
      return new MicroserviceSpec(
          application == null || application.isNull() ? null : application.asText(),
          context.readTreeAsValue(tree, ProgramSpec.class),
          context.readTreeAsValue(tree, BehaviourSpec.class),
          context.readTreeAsValue(tree, PlacementSpec.class),
          context.readTreeAsValue(tree, PodSpecAdditions.class),
          tree.hasNonNull("expose")
              ? context.readTreeAsValue(tree.get("expose"), ExposeSpec.class)
              : null);
    }
  }
}
