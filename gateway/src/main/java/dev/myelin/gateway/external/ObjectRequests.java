package dev.myelin.gateway.external;

import dev.myelin.client.JsonCalls;
import dev.myelin.client.JsonCalls.JsonCall;
import dev.myelin.wire.ApplicationDescription.Operation;
import dev.myelin.wire.ApplicationDescription.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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

  /// Asks for several objects as they are stored.
  ///
  /// @param request name of the request
  /// @param arguments texts, numbers and nulls
  JsonNode ask(Service type, String request, @Nullable Object... arguments) {
    return asked(type, request, null, Arrays.asList(arguments));
  }

  /// Asks for one object as it is stored; where the type is sticky, the instance that has the calls
  /// of its operations.
  ///
  /// @param id its id; null if it has none yet
  /// @param arguments those after the id
  JsonNode askOf(Service type, String request, @Nullable String id, @Nullable Object... arguments) {
    var all = new ArrayList<@Nullable Object>();
    all.add(id);
    all.addAll(Arrays.asList(arguments));
    return asked(type, request, id, all);
  }

  private JsonNode asked(
      Service type, String request, @Nullable String id, List<@Nullable Object> arguments) {
    var operation =
        type.operations().stream()
            .filter(each -> each.key().startsWith(Service.OBJECTS))
            .filter(each -> each.name().equals(request))
            .findFirst()
            .orElseThrow();
    return MAPPER.readTree(call(type, operation, MAPPER.writeValueAsString(arguments), id));
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
                    each.rules(),
                    null))
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
    return call(type, operation, json, id);
  }

  // the whole of it is known to be JSON, so the first bracket opens it
  private static String behind(String arguments, char bracket) {
    return arguments.substring(arguments.indexOf(bracket) + 1);
  }

  private String call(Service type, Operation operation, String arguments, @Nullable String id) {
    return calls.call(new JsonCall(type.name(), operation.key(), arguments, operation.rules(), id));
  }
}
