package dev.myelin.gateway.openapi;

import static dev.myelin.gateway.openapi.Fragments.MAPPER;

import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationDescription.Operation;
import dev.myelin.wire.ApplicationDescription.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The external operations of an application as a document of OpenAPI 3.1.
///
/// An operation takes an object with its parameters by name, or an array of them in order;
/// overloads share a path. Types of objects have paths for the objects as they are stored beside.
/// Every path may answer with problem details.
public final class OpenApi {

  private static final Set<String> NOTHING = Set.of("void", "java.lang.Void");

  private final JsonTypes types;
  private final ObjectNode paths = MAPPER.createObjectNode();

  private OpenApi(JsonTypes types) {
    this.types = types;
  }

  /// Makes the document.
  ///
  /// @param application name and build
  /// @param services external services, in order
  /// @param objects external types of objects, in order, with the operations that their classes
  ///   declare
  public static ObjectNode of(
      ApplicationDescription application, List<Service> services, List<Service> objects) {
    var types =
        new JsonTypes(objects.stream().collect(Collectors.toMap(Service::type, Service::name)));
    var api = new OpenApi(types);
    services.forEach(service -> api.addOperations(service, "/" + service.name() + "/", false));
    for (var type : objects) {
      new ObjectPaths(type, types).addTo(api.paths);
      api.addOperations(type, "/objects/" + type.name() + "/{id}/", true);
    }
    var document = MAPPER.createObjectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", application.application())
        .put("version", application.build());
    document.set("paths", api.paths);
    document.putObject("components").putObject("schemas").set("Problem", problem());
    return document;
  }

  private static ObjectNode problem() {
    var schema = MAPPER.createObjectNode().put("type", "object");
    var properties = schema.putObject("properties");
    for (var text : List.of("type", "title", "detail", "instance", "service", "operation")) {
      properties.putObject(text).put("type", "string");
    }
    properties.putObject("status").put("type", "integer");
    var execution = properties.putObject("execution").put("type", "string").putArray("enum");
    List.of("did-not-run", "may-have-run", "ran").forEach(execution::add);
    return schema;
  }

  private void addOperations(Service service, String prefix, boolean ofObject) {
    var byName = new TreeMap<String, List<Operation>>();
    for (var operation : service.operations()) {
      byName.computeIfAbsent(operation.name(), _ -> new ArrayList<>()).add(operation);
    }
    byName.forEach((name, overloads) -> {
      var path = paths.putObject(prefix + name);
      if (ofObject) {
        Fragments.parameter(path, "path", "id");
      }
      var post = Fragments.operation(path, "post", service.name(), name);
      addArguments(post, overloads);
      addResults(post.putObject("responses"), overloads);
    });
  }

  private void addArguments(ObjectNode post, List<Operation> overloads) {
    var body = post.putObject("requestBody");
    body.put("required", overloads.stream().noneMatch(each -> each.parameters().isEmpty()));
    var forms = Fragments.schemaOf(body).putArray("anyOf");
    for (var operation : overloads) {
      addNamed(forms.addObject(), operation);
      addOrdered(forms.addObject(), operation);
    }
  }

  private void addNamed(ObjectNode form, Operation operation) {
    var properties = form.put("type", "object").putObject("properties");
    for (var parameter : operation.parameters()) {
      properties.set(parameter.name(), types.schema(parameter.type()));
    }
    form.put("additionalProperties", false);
  }

  private void addOrdered(ObjectNode form, Operation operation) {
    int count = operation.parameters().size();
    form.put("type", "array").put("minItems", count).put("maxItems", count);
    if (count > 0) {
      var items = form.putArray("prefixItems");
      operation.parameters().forEach(parameter -> items.add(types.schema(parameter.type())));
    }
  }

  private void addResults(ObjectNode responses, List<Operation> overloads) {
    ArrayNode results = MAPPER.createArrayNode();
    for (var operation : overloads) {
      if (NOTHING.contains(operation.result())) {
        responses.putObject("204").put("description", "It has run.");
      } else {
        results.add(types.schema(operation.result()));
      }
    }
    if (!results.isEmpty()) {
      var schema = Fragments.schemaOf(responses.putObject("200").put("description", "The result."));
      if (results.size() == 1) {
        schema.setAll((ObjectNode) results.get(0));
      } else {
        schema.set("anyOf", results);
      }
    }
    Fragments.problems(responses);
  }
}
