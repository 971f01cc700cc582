package dev.myelin.benchmarks.myelin;

import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A membership that never changes.
final class FixedMembership implements Resolver {
  private final CountDownLatch never = new CountDownLatch(1);
  private final Snapshot snapshot;

  FixedMembership(String service, List<Endpoint> endpoints) {
    var process = new Instance.ProcessIdentity(Role.INSTANCE, 1, CallPath.BUILD, Instant.EPOCH);
    var members = new ArrayList<Member>();
    for (var endpoint : endpoints) {
      var id = new InstanceId(service + "-" + (members.size() + 1));
      members.add(
          new Member(
              new Instance(id, List.of(service), endpoint, null, process), InstanceState.SERVING));
    }
    this.snapshot = new Snapshot(1, members);
  }

  @Override
  public Snapshot snapshot(String service) {
    return snapshot;
  }

  /// Lets the time pass: there is nothing else to wait for.
  @Override
  public Snapshot awaitChange(String service, Snapshot known, Duration limit)
      throws InterruptedException {
    if (known.equals(snapshot)) {
      var _ = never.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
    return snapshot;
  }

  @Override
  public AutoCloseable listen(String service, Consumer<Snapshot> listener) {
    listener.accept(snapshot);
    return () -> {};
  }
}
