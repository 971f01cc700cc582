package dev.myelin.pubsub.topic;

import dev.myelin.wire.InstanceId;
import java.util.Optional;

/// Which process of a cluster has the broker. Used by one thread at a time, but for [#holder()].
public interface Seat extends AutoCloseable {

  /// Takes the seat, if nobody has it.
  ///
  /// @return whether this process has it now
  /// @throws java.io.UncheckedIOException if that cannot be found out
  boolean take();

  /// Tells the others who has it.
  ///
  /// @param self this process
  void announce(InstanceId self);

  /// Who has it, or had it last.
  Optional<InstanceId> holder();

  /// Leaves the seat.
  @Override
  void close();
}
