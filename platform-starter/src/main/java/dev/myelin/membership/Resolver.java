package dev.myelin.membership;

import java.time.Duration;
import java.util.function.Consumer;

/// Name of a service → its members. Thread-safe; reading never blocks.
public interface Resolver {

  /// The newest snapshot of a service, the identical object until something changes. The first call
  /// for a service subscribes to it.
  ///
  /// @param service name of the service
  Snapshot snapshot(String service);

  /// Waits for a snapshot other than a known one.
  ///
  /// @param service name of the service
  /// @param known the snapshot that the caller has seen
  /// @param limit how long to wait at most
  /// @return the newest snapshot, the known one if nothing changed in time
  /// @throws InterruptedException if the thread is interrupted
  Snapshot awaitChange(String service, Snapshot known, Duration limit) throws InterruptedException;

  /// Calls the listener with the current snapshot and with every later one, in order, from a thread
  /// of the resolver; the listener must not block.
  ///
  /// @param service name of the service
  /// @param listener what to call
  /// @return ends the listening
  AutoCloseable listen(String service, Consumer<Snapshot> listener);
}
