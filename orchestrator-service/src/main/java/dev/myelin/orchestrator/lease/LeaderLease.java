package dev.myelin.orchestrator.lease;

import java.util.Optional;
import java.util.OptionalLong;

/// The right to act on a cluster, held by one orchestrator at a time. Thread-safe.
public interface LeaderLease {

  /// Tries to get the lease, without waiting for it.
  ///
  /// @return whether it is held now
  /// @throws java.io.UncheckedIOException if it is free but cannot be stored
  boolean acquire();

  /// Confirms the lease and tells everybody that the cluster lives.
  ///
  /// @return whether it is still held; once false, [#epoch] is empty until the next [#acquire]
  boolean renew();

  /// Epoch of the lease while it is held: greater than that of every holder before.
  OptionalLong epoch();

  /// Who holds the lease as far as can be read, this or another.
  Optional<String> holder();

  /// Gives the lease back, if it is held, so that the next one need not wait.
  void release();
}
