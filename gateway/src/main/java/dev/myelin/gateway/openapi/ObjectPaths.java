package dev.myelin.gateway.openapi;

import dev.myelin.wire.ApplicationDescription.Service;
import tools.jackson.databind.node.ObjectNode;

/// The paths of the objects of a type as they are stored: `/objects/{type}` and below it `/{id}`.
final class ObjectPaths {

  private final Service type;
  private final JsonTypes types;

  ObjectPaths(Service type, JsonTypes types) {
    this.type = type;
    this.types = types;
  }

  /// Adds them to a document.
  ///
  /// @param paths its paths
  void addTo(ObjectNode paths) {
    var collection = paths.putObject("/objects/" + type.name());
    list(collection);
    create(collection);
    var object = paths.putObject("/objects/" + type.name() + "/{id}");
    Fragments.parameter(object, "path", "id");
    read(object);
    replace(object);
    delete(object);
  }

  private void list(ObjectNode collection) {
    var list = Fragments.operation(collection, "get", type.name(), "list");
    Fragments.parameter(list, "query", "limit")
        .put("type", "integer")
        .put("minimum", 1)
        .put("maximum", 1_000)
        .put("default", 100);
    Fragments.parameter(list, "query", "from").put("description", "The `next` of the page before.");
    var responses = list.putObject("responses");
    var page =
        Fragments.schemaOf(responses.putObject("200").put("description", "A page of objects."));
    var properties = page.put("type", "object").putObject("properties");
    var object = properties.putObject("objects").put("type", "array").putObject("items");
    var members = object.put("type", "object").putObject("properties");
    members.set("uri", types.schema(type.type()));
    members.putObject("version").put("type", "string");
    fields(members.putObject("state"));
    properties.putObject("next").putArray("type").add("string").add("null");
    Fragments.problems(responses);
  }

  private void create(ObjectNode collection) {
    var create = Fragments.operation(collection, "post", type.name(), "create");
    body(create);
    answers(create, "201", "It is created; `Location` and `ETag` say which it is.");
  }

  private void read(ObjectNode object) {
    var read = Fragments.operation(object, "get", type.name(), "read");
    Fragments.parameter(read, "header", "If-None-Match");
    read.putObject("responses").putObject("304").put("description", "It is the version named.");
    answers(read, "200", "Its fields; `ETag` is its version.");
  }

  private void replace(ObjectNode object) {
    var replace = Fragments.operation(object, "put", type.name(), "replace");
    Fragments.parameter(replace, "header", "If-Match")
        .put("description", "Its version; `*` for whichever there is.");
    Fragments.parameter(replace, "header", "If-None-Match")
        .put("description", "`*`, to create it.");
    body(replace);
    answers(replace, "200", "Its fields; `ETag` is its version.");
  }

  private void delete(ObjectNode object) {
    var delete = Fragments.operation(object, "delete", type.name(), "delete");
    Fragments.parameter(delete, "header", "If-Match")
        .put("description", "Its version; `*` for whichever there is.");
    var responses = delete.putObject("responses");
    responses.putObject("204").put("description", "It is deleted.");
    Fragments.problems(responses);
  }

  private void body(ObjectNode operation) {
    fields(Fragments.schemaOf(operation.putObject("requestBody").put("required", true)));
  }

  private void answers(ObjectNode operation, String status, String text) {
    var responses = operation.withObject("responses");
    fields(Fragments.schemaOf(responses.putObject(status).put("description", text)));
    Fragments.problems(responses);
  }

  private void fields(ObjectNode schema) {
    schema.put("type", "object").put("description", "The fields of " + type.type() + ".");
  }
}
