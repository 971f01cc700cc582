package dev.myelin.gateway.external;

import dev.myelin.client.JsonCalls;
import dev.myelin.client.JsonCalls.JsonCall;
import dev.myelin.wire.ApplicationDescription.Operation;
import dev.myelin.wire.ApplicationDescription.Service;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Requests to the service of a type of objects: for objects as they are stored, and for their
/// operations. Thread-safe.
final class ObjectRequests {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final JsonCalls calls;

  ObjectRequests(JsonCalls calls) {
    this.calls = calls;
  }

  /// Asks for an object as it is stored, or for several.
  ///
  /// @param request name of the request
  /// @param arguments texts, numbers and nulls
  JsonNode ask(Service type, String request, @Nullable Object... arguments) {
    var operation =
        type.operations().stream()
            .filter(each -> each.key().startsWith(Service.OBJECTS))
            .filter(each -> each.name().equals(request))
            .findFirst()
            .orElseThrow();
    var json = MAPPER.writeValueAsString(Arrays.asList(arguments));
    return MAPPER.readTree(call(type, operation, json));
  }

  /// A name for a write, so that it happens once however often it is sent.
  static String write() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /// The type's operations as its class declares them, without the id that precedes their
  /// parameters.
  static Service declared(Service type) {
    return new Service(
        type.name(),
        type.type(),
        type.attributes(),
        type.operations().stream()
            .filter(each -> !each.key().startsWith(Service.OBJECTS))
            .map(each ->
                new Operation(
                    each.name(),
                    each.key(),
                    each.parameters().subList(1, each.parameters().size()),
                    each.result(),
                    each.rules()))
            .toList());
  }

  /// Calls an operation of an object.
  ///
  /// @param operation as declared
  /// @param arguments JSON by which it was chosen, empty for none
  String call(Service type, Operation operation, String id, Arguments chosen, String arguments) {
    var idText = MAPPER.writeValueAsString(id);
    var json =
        switch (chosen) {
          case Arguments.Positional(var count) when count == 0 -> "[" + idText + "]";
          case Arguments.Positional _ -> "[" + idText + "," + behind(arguments, '[');
          case Arguments.Named(var names) ->
              "{\"$object\":" + idText + (names.isEmpty() ? "" : ",") + behind(arguments, '{');
        };
    return call(type, operation, json);
  }

  // the whole of it is known to be JSON, so the first bracket opens it
  private static String behind(String arguments, char bracket) {
    return arguments.substring(arguments.indexOf(bracket) + 1);
  }

  private String call(Service type, Operation operation, String arguments) {
    return calls.call(new JsonCall(type.name(), operation.key(), arguments, operation.rules()));
  }
}
