package dev.myelin.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.Instance.ProcessIdentity;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A membership that a test writes. Thread-safe.
public final class FakeMembership implements Resolver {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final Map<String, Snapshot> snapshots = new HashMap<>();

  @GuardedBy("lock")
  private final Set<String> asked = new HashSet<>();

  @GuardedBy("lock")
  private long version;

  /// Replaces the members of a service.
  public void set(String service, Member... members) {
    lock.lock();
    try {
      version++;
      snapshots.put(service, new Snapshot(version, List.of(members)));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Forgets everything.
  public void clear() {
    lock.lock();
    try {
      snapshots.clear();
      asked.clear();
    } finally {
      lock.unlock();
    }
  }

  /// Names that were ever asked for.
  public Set<String> asked() {
    lock.lock();
    try {
      return Set.copyOf(asked);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Snapshot snapshot(String service) {
    lock.lock();
    try {
      asked.add(service);
      return snapshots.getOrDefault(service, Snapshot.EMPTY);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Snapshot awaitChange(String service, Snapshot known, Duration limit)
      throws InterruptedException {
    lock.lock();
    try {
      var left = limit.toNanos();
      while (left > 0 && snapshot(service).equals(known)) {
        left = changed.awaitNanos(left);
      }
      return snapshot(service);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public AutoCloseable listen(String service, Consumer<Snapshot> listener) {
    throw new UnsupportedOperationException("The gateway does not listen");
  }

  /// A serving front.
  public static Member front(String id, @Nullable Endpoint http) {
    return member(id, ServiceNames.FRONT, "b1", http);
  }

  /// A serving instance of a build.
  public static Member instance(String id, String service, String build) {
    return member(id, service, build, null);
  }

  private static Member member(String id, String service, String build, @Nullable Endpoint http) {
    var role = service.equals(ServiceNames.FRONT) ? Role.FRONT : Role.INSTANCE;
    return new Member(
        new Instance(
            new InstanceId(id),
            List.of(service),
            endpoint(id),
            http,
            new ProcessIdentity(role, 4711, build, Instant.EPOCH)),
        InstanceState.SERVING);
  }

  /// Where an instance of that id takes calls.
  public static Endpoint endpoint(String id) {
    return new Endpoint(id, 1);
  }
}
