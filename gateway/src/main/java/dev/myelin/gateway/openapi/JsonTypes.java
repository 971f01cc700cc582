package dev.myelin.gateway.openapi;

import static dev.myelin.gateway.openapi.Fragments.MAPPER;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// JSON schemas of Java types, by the names of the types alone.
///
/// Types of the JDK that hold values, collections and maps of such, and references to objects are
/// told exactly. Of an application's own types only the name is known here: their schema allows
/// anything and says which class it stands for.
final class JsonTypes {

  private static final Set<String> LISTS =
      Set.of(
          "java.util.List",
          "java.util.Set",
          "java.util.Collection",
          "java.util.SortedSet",
          "java.util.SequencedCollection",
          "java.lang.Iterable");

  private static final Set<String> MAPS =
      Set.of("java.util.Map", "java.util.SortedMap", "java.util.SequencedMap");

  private static final Set<String> FUTURES =
      Set.of(
          "java.util.concurrent.CompletableFuture",
          "java.util.concurrent.CompletionStage",
          "java.util.concurrent.Future");

  /// Type and format of those that are one value.
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("boolean", List.of("boolean")),
          Map.entry("java.lang.Boolean", List.of("boolean")),
          Map.entry("byte", List.of("integer", "int32")),
          Map.entry("java.lang.Byte", List.of("integer", "int32")),
          Map.entry("short", List.of("integer", "int32")),
          Map.entry("java.lang.Short", List.of("integer", "int32")),
          Map.entry("int", List.of("integer", "int32")),
          Map.entry("java.lang.Integer", List.of("integer", "int32")),
          Map.entry("long", List.of("integer", "int64")),
          Map.entry("java.lang.Long", List.of("integer", "int64")),
          Map.entry("float", List.of("number", "float")),
          Map.entry("java.lang.Float", List.of("number", "float")),
          Map.entry("double", List.of("number", "double")),
          Map.entry("java.lang.Double", List.of("number", "double")),
          Map.entry("java.math.BigInteger", List.of("integer")),
          Map.entry("java.math.BigDecimal", List.of("number")),
          Map.entry("char", List.of("string")),
          Map.entry("java.lang.Character", List.of("string")),
          Map.entry("java.lang.String", List.of("string")),
          Map.entry("java.lang.CharSequence", List.of("string")),
          Map.entry("java.util.UUID", List.of("string", "uuid")),
          Map.entry("java.net.URI", List.of("string", "uri-reference")),
          Map.entry("java.net.URL", List.of("string", "uri")),
          Map.entry("java.time.Instant", List.of("string", "date-time")),
          Map.entry("java.time.OffsetDateTime", List.of("string", "date-time")),
          Map.entry("java.time.LocalDate", List.of("string", "date")),
          Map.entry("java.time.LocalDateTime", List.of("string")),
          Map.entry("java.time.LocalTime", List.of("string")),
          Map.entry("java.time.Duration", List.of("string", "duration")));

  private final Map<String, String> objects;

  /// Creates the schemas of an application's types.
  ///
  /// @param objects names of its types of objects by the classes that callers see
  JsonTypes(Map<String, String> objects) {
    this.objects = Map.copyOf(objects);
  }

  /// The schema of a type.
  ///
  /// @param type its generic name, as [java.lang.reflect.Type#getTypeName()] writes it
  ObjectNode schema(String type) {
    var name = type.strip();
    var value = VALUES.get(name);
    if (value != null) {
      return value(value);
    }
    var object = objects.get(name);
    if (object != null) {
      return reference(object);
    }
    if (name.equals("byte[]")) {
      return MAPPER.createObjectNode().put("type", "string").put("contentEncoding", "base64");
    }
    if (name.endsWith("[]")) {
      return list(name.substring(0, name.length() - 2));
    }
    return generic(name);
  }

  private static ObjectNode value(List<String> value) {
    var schema = MAPPER.createObjectNode().put("type", value.getFirst());
    return value.size() == 1 ? schema : schema.put("format", value.getLast());
  }

  private static ObjectNode reference(String object) {
    return MAPPER
        .createObjectNode()
        .put("type", "string")
        .put("format", "uri-reference")
        .put("pattern", "^/objects/" + object + "/[^/]+$");
  }

  private ObjectNode list(String item) {
    var schema = MAPPER.createObjectNode().put("type", "array");
    schema.set("items", schema(item));
    return schema;
  }

  private ObjectNode generic(String name) {
    int open = name.indexOf('<');
    if (open < 0 || !name.endsWith(">")) {
      return unknown(name);
    }
    var raw = name.substring(0, open);
    var arguments = arguments(name.substring(open + 1, name.length() - 1));
    if (FUTURES.contains(raw)) {
      return schema(arguments.getFirst());
    }
    if (LISTS.contains(raw)) {
      return list(arguments.getFirst());
    }
    if (MAPS.contains(raw)) {
      var schema = MAPPER.createObjectNode().put("type", "object");
      schema.set("additionalProperties", schema(arguments.getLast()));
      return schema;
    }
    if (raw.equals("java.util.Optional")) {
      var schema = MAPPER.createObjectNode();
      var either = schema.putArray("anyOf");
      either.add(schema(arguments.getFirst()));
      either.addObject().put("type", "null");
      return schema;
    }
    return unknown(name);
  }

  private static ObjectNode unknown(String name) {
    return MAPPER.createObjectNode().put("description", "The JSON of " + name + ".");
  }

  // commas between the arguments of another type do not count
  private static List<String> arguments(String text) {
    var found = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '<' -> depth++;
        case '>' -> depth--;
        case ',' -> {
          if (depth == 0) {
            found.add(text.substring(start, i));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    found.add(text.substring(start));
    return found;
  }
}
