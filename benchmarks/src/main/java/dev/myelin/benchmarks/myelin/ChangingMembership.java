package dev.myelin.benchmarks.myelin;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The instances that have registered, each as serving until it has left. Thread-safe.
final class ChangingMembership implements Resolver {

  @GuardedBy("this")
  private Snapshot snapshot = Snapshot.EMPTY;

  synchronized long version() {
    return snapshot.version();
  }

  synchronized List<Member> members() {
    return snapshot.members();
  }

  long join(Instance instance) {
    return change(instance.id(), new Member(instance, InstanceState.SERVING));
  }

  long leave(InstanceId id) {
    return change(id, null);
  }

  private synchronized long change(
      InstanceId id, @org.jspecify.annotations.Nullable Member member) {
    var members = new ArrayList<Member>();
    for (var known : snapshot.members()) {
      if (!known.instance().id().equals(id)) {
        members.add(known);
      }
    }
    if (member != null) {
      members.add(member);
    }
    snapshot = new Snapshot(snapshot.version() + 1, members);
    notifyAll();
    return snapshot.version();
  }

  /// Waits for an instance.
  synchronized Optional<Instance> await(InstanceId id, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    waitWhile(_ -> find(id).isEmpty(), end);
    return find(id);
  }

  private synchronized Optional<Instance> find(InstanceId id) {
    return snapshot.members().stream()
        .map(Member::instance)
        .filter(instance -> instance.id().equals(id))
        .findFirst();
  }

  private synchronized void waitWhile(Predicate<Snapshot> condition, long end)
      throws InterruptedException {
    while (condition.test(snapshot) && end - System.nanoTime() > 0) {
      wait(1 + (end - System.nanoTime()) / 1_000_000);
    }
  }

  @Override
  public synchronized Snapshot snapshot(String service) {
    return snapshot;
  }

  @Override
  public synchronized Snapshot awaitChange(String service, Snapshot known, Duration limit)
      throws InterruptedException {
    waitWhile(known::equals, System.nanoTime() + limit.toNanos());
    return snapshot;
  }

  @Override
  public AutoCloseable listen(String service, Consumer<Snapshot> listener) {
    throw new UnsupportedOperationException("a benchmark's callers do not listen");
  }
}
