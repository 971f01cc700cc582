package dev.myelin.storage;

import java.util.Map;

/// The fast stores of an application: one for all, and others by name for those that shall not
/// share it. Thread-safe.
public final class EphemeralStores implements AutoCloseable {

  private final EphemeralStore shared;
  private final Map<String, EphemeralStore> named;
  private final Runnable end;

  /// Creates them.
  ///
  /// @param shared the one for all
  /// @param named the others
  /// @param end lets go of all of them
  public EphemeralStores(EphemeralStore shared, Map<String, EphemeralStore> named, Runnable end) {
    this.shared = shared;
    this.named = Map.copyOf(named);
    this.end = end;
  }

  /// The one for all.
  public EphemeralStore shared() {
    return shared;
  }

  /// The store of a name: its own if it has one, else the one for all.
  ///
  /// @param name name of a cluster, or of the service that it is for
  public EphemeralStore named(String name) {
    return named.getOrDefault(name, shared);
  }

  /// Those that have a name.
  public Map<String, EphemeralStore> named() {
    return named;
  }

  @Override
  public void close() {
    end.run();
  }
}
