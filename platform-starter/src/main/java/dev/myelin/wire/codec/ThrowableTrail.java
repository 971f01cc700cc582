package dev.myelin.wire.codec;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// The exceptions that are being written: keeps one from being written inside itself, and all of
/// them from becoming too many.
final class ThrowableTrail {

  private final Set<Throwable> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int written;

  /// Whether an exception may be written here.
  boolean admits(Throwable throwable) {
    return written < ThrowableCodec.MAX_THROWABLES && !open.contains(throwable);
  }

  void enter(Throwable throwable) {
    open.add(throwable);
    written++;
  }

  void leave(Throwable throwable) {
    open.remove(throwable);
  }
}
