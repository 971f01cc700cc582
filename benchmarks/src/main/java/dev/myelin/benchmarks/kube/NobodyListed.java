package dev.myelin.benchmarks.kube;

import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import java.time.Duration;
import java.util.function.Consumer;

/// A membership without members: pods of hollow nodes run nothing that could register.
final class NobodyListed implements Resolver {

  @Override
  public Snapshot snapshot(String service) {
    return Snapshot.EMPTY;
  }

  @Override
  public Snapshot awaitChange(String service, Snapshot known, Duration limit) {
    return known;
  }

  @Override
  public AutoCloseable listen(String service, Consumer<Snapshot> listener) {
    return () -> {};
  }
}
