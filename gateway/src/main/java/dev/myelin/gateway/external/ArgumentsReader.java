package dev.myelin.gateway.external;

import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.wire.ApplicationDescription.Operation;
import dev.myelin.wire.ApplicationDescription.Parameter;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads the outline of a body and checks that the whole of it is JSON.
///
/// Builds no tree: the arguments themselves are bound by the instance, which has their types.
final class ArgumentsReader {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private ArgumentsReader() {}

  /// Reads a body; an empty one is an empty array.
  ///
  /// @throws ProblemException if it is not one JSON array or object
  static Arguments read(String body) {
    if (body.isEmpty()) {
      return new Arguments.Positional(0);
    }
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      return read(parser);
    }
  }

  /// The text of the argument by which a sticky service chooses the instance; null where that is
  /// missing, null, an array or an object, and where there is no such parameter.
  ///
  /// @param body one that was read before
  /// @param operation that it is for
  static @Nullable String stickyKey(String body, Operation operation) {
    var key = operation.stickyKey();
    if (key == null) {
      return null;
    }
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      return parser.nextToken() == JsonToken.START_ARRAY
          ? element(
              parser, operation.parameters().stream().map(Parameter::name).toList().indexOf(key))
          : property(parser, key);
    }
  }

  private static @Nullable String element(JsonParser parser, int index) {
    int next = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (next++ == index) {
        return text(parser);
      }
      parser.skipChildren();
    }
    return null;
  }

  private static @Nullable String property(JsonParser parser, String name) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      boolean found = parser.currentName().equals(name);
      parser.nextToken();
      if (found) {
        return text(parser);
      }
      parser.skipChildren();
    }
    return null;
  }

  private static @Nullable String text(JsonParser parser) {
    var token = parser.currentToken();
    return token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getString() : null;
  }

  private static Arguments read(JsonParser parser) {
    try {
      var arguments = outline(parser);
      if (parser.nextToken() != null) {
        throw malformed("Further content after the arguments", parser.currentTokenLocation());
      }
      return arguments;
    } catch (JacksonException e) {
      // an exceeded limit, of depth for one, has no location of its own
      var where = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
      throw malformed(e.getOriginalMessage(), where);
    }
  }

  private static Arguments outline(JsonParser parser) {
    var first = parser.nextToken();
    if (first == JsonToken.START_ARRAY) {
      int count = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        parser.skipChildren();
        count++;
      }
      return new Arguments.Positional(count);
    }
    if (first == JsonToken.START_OBJECT) {
      var names = new HashSet<String>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        names.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
      return new Arguments.Named(names);
    }
    throw malformed(
        "Expected a JSON object (arguments by parameter name) or a JSON array (arguments in order)",
        parser.currentTokenLocation());
  }

  private static ProblemException malformed(String what, TokenStreamLocation where) {
    return new ProblemException(
        new Problem(
                ProblemType.MALFORMED_JSON,
                "%s, at line %d, column %d of the body."
                    .formatted(what, where.getLineNr(), where.getColumnNr()))
            .with("line", where.getLineNr())
            .with("column", where.getColumnNr()));
  }
}
