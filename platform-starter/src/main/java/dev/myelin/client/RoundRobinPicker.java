package dev.myelin.client;

import dev.myelin.membership.Snapshot;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Takes the instances in turn, from a random one on: many callers that start together do not all
/// begin with the same.
///
/// Never returns an instance that is starting or draining. Quarantined ones are left out unless
/// they are more than half of those that could serve: then the checker is more likely wrong than
/// the instances, and everyone is used.
final class RoundRobinPicker implements Picker {

  private final AtomicInteger next = new AtomicInteger(ThreadLocalRandom.current().nextInt());
  private volatile Candidates candidates = new Candidates(Snapshot.EMPTY, List.of());

  private record Candidates(Snapshot snapshot, List<Member> members) {}

  @Override
  public @Nullable Member pick(Snapshot snapshot, Predicate<Member> promising) {
    var members = candidates(snapshot);
    if (members.isEmpty()) {
      return null;
    }
    int start = next.getAndIncrement();
    for (int i = 0; i < members.size(); i++) {
      var member = members.get(Math.floorMod(start + i, members.size()));
      if (promising.test(member)) {
        return member;
      }
    }
    return members.get(Math.floorMod(start, members.size()));
  }

  @SuppressWarnings(
      "ReferenceEquality") // a snapshot is the identical object until something changes
  private List<Member> candidates(Snapshot snapshot) {
    var known = candidates;
    if (known.snapshot() == snapshot) {
      return known.members();
    }
    var fresh = new Candidates(snapshot, eligible(snapshot));
    candidates = fresh;
    return fresh.members();
  }

  private static List<Member> eligible(Snapshot snapshot) {
    var serving = inState(snapshot, InstanceState.SERVING);
    var quarantined = inState(snapshot, InstanceState.QUARANTINED);
    if (quarantined.size() <= serving.size()) {
      return serving;
    }
    return snapshot.members().stream()
        .filter(member -> serving.contains(member) || quarantined.contains(member))
        .toList();
  }

  private static List<Member> inState(Snapshot snapshot, InstanceState state) {
    return snapshot.members().stream().filter(member -> member.state() == state).toList();
  }
}
