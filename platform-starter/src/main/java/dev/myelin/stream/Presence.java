package dev.myelin.stream;

import dev.myelin.wire.Payload;
import org.jspecify.annotations.Nullable;

/// Header of a stream that may be null: one byte, 0 or 1, before what else is said of it.
final class Presence {

  private static final Payload NULL = new Payload(new byte[] {0}, 0, 1);
  private static final Payload PRESENT = new Payload(new byte[] {1}, 0, 1);

  private Presence() {}

  static Payload of(@Nullable Object result) {
    return result == null ? NULL : PRESENT;
  }

  /// What the header says; an empty one is that of a publisher, which is never null.
  static boolean in(Payload header) {
    return header.length() == 0 || header.bytes()[header.offset()] != 0;
  }
}
