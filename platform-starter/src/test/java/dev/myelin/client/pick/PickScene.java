package dev.myelin.client.pick;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Instances, a clock that stands until it is moved, and calls that are picked.
final class PickScene {

  long now = 1_000_000_000L;
  final Set<Endpoint> unreachable = new HashSet<>();
  final Roster roster =
      new Roster(
          "shop",
          EjectionSettings.defaults(),
          endpoint -> !unreachable.contains(endpoint),
          () -> now);
  private final List<Member> members = new ArrayList<>();
  private Snapshot snapshot = Snapshot.EMPTY;

  PickScene serving(int count) {
    for (int i = 0; i < count; i++) {
      members.add(member("i" + i, "10.0.0.1", InstanceState.SERVING));
    }
    members.sort((one, other) -> one.instance().id().compareTo(other.instance().id()));
    return publish();
  }

  void put(String id, InstanceState state) {
    put(id, "10.0.0.1", state);
  }

  void put(String id, String host, InstanceState state) {
    members.removeIf(member -> member.instance().id().value().equals(id));
    members.add(member(id, host, state));
    members.sort((one, other) -> one.instance().id().compareTo(other.instance().id()));
  }

  void state(String id, InstanceState state) {
    change(id, member -> member.withState(state));
  }

  void name(String id, String service) {
    change(id, member -> member.withNamed(List.of(service)));
  }

  private void change(String id, UnaryOperator<Member> change) {
    members.replaceAll(
        member -> member.instance().id().value().equals(id) ? change.apply(member) : member);
  }

  void remove(String id) {
    members.removeIf(member -> member.instance().id().value().equals(id));
  }

  PickScene publish() {
    snapshot = new Snapshot(snapshot.version() + 1, members);
    return this;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  void pass(Duration time) {
    now += time.toNanos();
  }

  Candidates candidates() {
    return roster.candidates(snapshot);
  }

  Candidate candidate(String id) {
    var candidates = candidates();
    return IntStream.range(0, candidates.size())
        .mapToObj(candidates::at)
        .filter(candidate -> candidate.id().value().equals(id))
        .findFirst()
        .orElseThrow();
  }

  List<String> ids() {
    var candidates = candidates();
    return IntStream.range(0, candidates.size())
        .mapToObj(i -> candidates.at(i).id().value())
        .toList();
  }

  /// How often each instance is picked.
  Map<String, Integer> picks(Picker picker, int count) {
    var counts = new TreeMap<String, Integer>();
    for (int i = 0; i < count; i++) {
      counts.merge(pick(picker, Choice.ANY), 1, Integer::sum);
    }
    return counts;
  }

  String pick(Picker picker, Choice choice) {
    var picked = picker.pick(candidates(), choice);
    return picked == null ? "none" : picked.id().value();
  }

  void fail(String id, int times) {
    var candidate = candidate(id);
    for (int i = 0; i < times; i++) {
      roster.failed(candidate);
    }
  }

  /// A call with a sticky key, or one that failed at some instances already.
  record Call(long key, Set<String> failedAt) implements Choice {

    static Call of(Object key) {
      return new Call(StickyHash.of(key), Set.of());
    }

    static Call after(String... failedAt) {
      return new Call(NO_KEY, Set.of(failedAt));
    }

    @Override
    public boolean tried(Candidate candidate) {
      return failedAt.contains(candidate.id().value());
    }
  }

  private static Member member(String id, String host, InstanceState state) {
    int port = 1 + Math.floorMod(id.hashCode(), 60_000);
    var process = new Instance.ProcessIdentity(Role.INSTANCE, 1, "b", Instant.EPOCH);
    return new Member(
        new Instance(new InstanceId(id), List.of("shop"), new Endpoint(host, port), null, process),
        state);
  }
}
