package dev.myelin.server;

import dev.myelin.contract.OperationContract;
import dev.myelin.wire.Payload;
import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.MalformedPayloadException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Binds JSON arguments to an operation's declared parameters, with the application's own mapper.
/// Thread-safe.
final class JsonBinding {

  private final JsonMapper mapper;

  JsonBinding(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /// Reads arguments.
  ///
  /// @param json an array with one element a parameter, or an object by parameter name
  /// @throws MalformedPayloadException if it does not fit; the message names the parameter
  @Nullable Object[] read(OperationContract operation, Payload json) {
    var tree = tree(json);
    if (tree.isArray()) {
      return fromArray(operation, tree);
    }
    if (tree.isObject()) {
      return fromObject(operation, tree);
    }
    throw malformed(
        operation,
        "expected a JSON object by parameter name, or an array, but found " + tree.getNodeType());
  }

  private JsonNode tree(Payload json) {
    try {
      return mapper.readTree(json.bytes(), json.offset(), json.length());
    } catch (JacksonException e) {
      throw new MalformedPayloadException("Not JSON: " + e.getOriginalMessage());
    }
  }

  private @Nullable Object[] fromArray(OperationContract operation, JsonNode tree) {
    var parameters = operation.parameters();
    if (tree.size() != parameters.size()) {
      throw malformed(
          operation,
          "expected %d arguments %s but found %d"
              .formatted(parameters.size(), names(parameters), tree.size()));
    }
    var values = new @Nullable Object[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(operation, parameters.get(i), tree.get(i));
    }
    return values;
  }

  private @Nullable Object[] fromObject(OperationContract operation, JsonNode tree) {
    var parameters = operation.parameters();
    var unknown = new ArrayList<>(tree.propertyNames());
    var values = new @Nullable Object[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      unknown.remove(parameters.get(i).name());
      values[i] = value(operation, parameters.get(i), tree.get(parameters.get(i).name()));
    }
    if (!unknown.isEmpty()) {
      throw malformed(
          operation,
          "no parameter is named %s; there are %s".formatted(unknown, names(parameters)));
    }
    return values;
  }

  private @Nullable Object value(
      OperationContract operation, Codec.Field parameter, @Nullable JsonNode node) {
    boolean primitive = parameter.type() instanceof Class<?> type && type.isPrimitive();
    if (node == null || node.isNull()) {
      if (primitive) {
        throw malformed(operation, "parameter '%s' is missing".formatted(parameter.name()));
      }
      return null;
    }
    try {
      return mapper.treeToValue(node, mapper.constructType(parameter.type()));
    } catch (JacksonException e) {
      throw malformed(
          operation, "parameter '%s': %s".formatted(parameter.name(), e.getOriginalMessage()));
    }
  }

  private static List<String> names(List<Codec.Field> parameters) {
    return parameters.stream().map(Codec.Field::name).toList();
  }

  private static MalformedPayloadException malformed(OperationContract operation, String what) {
    return new MalformedPayloadException(
        "Arguments of '%s' do not fit: %s".formatted(operation.key(), what));
  }

  /// Writes a result.
  Payload write(@Nullable Object value, Type type) {
    return Payload.of(mapper.writerFor(mapper.constructType(type)).writeValueAsBytes(value));
  }
}
