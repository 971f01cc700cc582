package dev.myelin.object;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is stored of an object.
///
/// The names of its last writes are kept with it, so that whoever lost the answer to a write can
/// see whether it happened, also where others have written since.
///
/// @param fields its state
/// @param writes names of the last writes, the latest last
/// @param turn who alone may change it now; null if anybody may
record ObjectDocument(ObjectNode fields, List<String> writes, @Nullable Turn turn) {

  /// How many writes are remembered.
  static final int WRITES = 16;

  ObjectDocument {
    writes = List.copyOf(writes);
  }

  /// An exclusive turn.
  ///
  /// @param holder drawn at random
  /// @param leaseMillis how long it is to be respected while it is not renewed
  /// @param renewals how often it was renewed
  record Turn(String holder, long leaseMillis, long renewals) {}

  /// The first document of an object.
  static ObjectDocument first(ObjectNode fields, String write) {
    return new ObjectDocument(fields, List.of(write), null);
  }

  /// The document after one write.
  ///
  /// @param fields its state then
  /// @param turn who alone may change it then
  /// @param write name of the write
  ObjectDocument next(ObjectNode fields, @Nullable Turn turn, String write) {
    var names =
        new ArrayList<>(writes.subList(Math.max(0, writes.size() - WRITES + 1), writes.size()));
    names.add(write);
    return new ObjectDocument(fields, names, turn);
  }

  /// As it is stored.
  byte[] encode(JsonMapper mapper) {
    var root = mapper.createObjectNode();
    root.set("fields", fields);
    var names = root.putArray("writes");
    writes.forEach(names::add);
    if (turn != null) {
      root.putObject("turn")
          .put("holder", turn.holder())
          .put("lease", turn.leaseMillis())
          .put("renewals", turn.renewals());
    }
    return mapper.writeValueAsBytes(root);
  }

  /// Reads what [#encode] wrote.
  ///
  /// @throws IllegalStateException if it is something else
  static ObjectDocument decode(byte[] bytes, JsonMapper mapper) {
    try {
      if (mapper.readTree(bytes) instanceof ObjectNode root
          && root.get("fields") instanceof ObjectNode fields) {
        var names = new ArrayList<String>();
        root.path("writes").forEach(name -> names.add(name.asString()));
        return new ObjectDocument(fields, names, turn(root));
      }
    } catch (JacksonException e) {
      throw new IllegalStateException("what is stored is no JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalStateException("what is stored is not the state of an object");
  }

  private static @Nullable Turn turn(ObjectNode root) {
    var turn = root.get("turn");
    return turn == null || turn.isNull()
        ? null
        : new Turn(
            turn.path("holder").asString(),
            turn.path("lease").asLong(),
            turn.path("renewals").asLong());
  }
}
