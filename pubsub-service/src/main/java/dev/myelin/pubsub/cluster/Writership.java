package dev.myelin.pubsub.cluster;

import dev.myelin.pubsub.membership.Generation;
import dev.myelin.wire.InstanceId;
import java.util.Optional;

/// The right to write the membership, held by one pubsub at a time. Thread-safe.
public interface Writership {

  /// Tries to get it, without waiting for it.
  ///
  /// @return the generation to write, later than those of all holders before; empty if another
  ///   pubsub holds it
  /// @throws java.io.UncheckedIOException if it is free but cannot be stored
  Optional<Generation> acquire();

  /// Whether it is still held.
  boolean intact();

  /// Whether it may be got again where it was lost.
  default boolean regainable() {
    return false;
  }

  /// Who got it last, as far as can be read.
  Optional<InstanceId> holder();

  /// Gives it back, if it is held, so that the next one need not wait.
  void release();
}
