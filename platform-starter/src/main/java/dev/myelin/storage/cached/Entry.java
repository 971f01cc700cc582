package dev.myelin.storage.cached;

import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.StoredObject;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What is in the cache for an object.
sealed interface Entry {

  /// The object's state.
  record Present(StoredObject object) implements Entry {}

  /// There is no such object.
  record Absent() implements Entry {}

  /// Somebody loads it, and whoever comes now may wait a moment.
  record Loading(long token) implements Entry {}

  /// Somebody writes it, so that nothing may be put here that was read before.
  record Writing(long token) implements Entry {}

  byte PRESENT = 1;
  byte ABSENT = 2;
  byte LOADING = 3;
  byte WRITING = 4;

  /// The bytes to store.
  default byte[] toBytes() {
    return switch (this) {
      case Present(var object) ->
          ByteBuffer.allocate(1 + 2 * Long.BYTES + object.state().length)
              .put(PRESENT)
              .putLong(object.version().life())
              .putLong(object.version().number())
              .put(object.state())
              .array();
      case Absent() -> new byte[] {ABSENT};
      case Loading(var token) -> marker(LOADING, token);
      case Writing(var token) -> marker(WRITING, token);
    };
  }

  private static byte[] marker(byte kind, long token) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(token).array();
  }

  /// Reads an entry.
  ///
  /// @param key of which object
  /// @param bytes what was stored
  /// @return empty if another release has written something else
  static Optional<Entry> of(ObjectKey key, byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    byte kind = buffer.hasRemaining() ? buffer.get() : 0;
    int left = buffer.remaining();
    return switch (kind) {
      case PRESENT -> left >= 2 * Long.BYTES ? present(key, buffer) : Optional.empty();
      case ABSENT -> left == 0 ? Optional.of(new Absent()) : Optional.empty();
      case LOADING ->
          left == Long.BYTES ? Optional.of(new Loading(buffer.getLong())) : Optional.empty();
      case WRITING ->
          left == Long.BYTES ? Optional.of(new Writing(buffer.getLong())) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Entry> present(ObjectKey key, ByteBuffer buffer) {
    long life = buffer.getLong();
    long number = buffer.getLong();
    if (life <= 0 || number <= 0) {
      return Optional.empty();
    }
    var state = new byte[buffer.remaining()];
    buffer.get(state);
    return Optional.of(new Present(new StoredObject(key, new ObjectVersion(life, number), state)));
  }
}
