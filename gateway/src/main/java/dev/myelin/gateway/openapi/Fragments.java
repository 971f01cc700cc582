package dev.myelin.gateway.openapi;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Pieces that the paths of a document share.
final class Fragments {

  static final JsonMapper MAPPER = JsonMapper.builder().build();
  static final String JSON = "application/json";

  private Fragments() {}

  /// The schema, empty still, of the JSON of a request or a response.
  static ObjectNode schemaOf(ObjectNode bodyOrResponse) {
    return bodyOrResponse.putObject("content").putObject(JSON).putObject("schema");
  }

  /// Begins an operation of a path.
  static ObjectNode operation(ObjectNode path, String method, String service, String name) {
    var operation = path.putObject(method).put("operationId", service + "." + name);
    operation.putArray("tags").add(service);
    return operation;
  }

  /// A parameter that is a text, unless its schema is changed.
  ///
  /// @return its schema
  static ObjectNode parameter(ObjectNode pathOrOperation, String in, String name) {
    var parameter =
        pathOrOperation.withArray("parameters").addObject().put("name", name).put("in", in);
    if (in.equals("path")) {
      parameter.put("required", true);
    }
    return parameter.putObject("schema").put("type", "string");
  }

  /// Says that a path may answer with problem details.
  static void problems(ObjectNode responses) {
    responses
        .putObject("default")
        .put("description", "Why it is not answered.")
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
  }
}
