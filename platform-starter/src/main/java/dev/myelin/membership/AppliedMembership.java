package dev.myelin.membership;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipHash;
import dev.myelin.wire.MembershipSubscription.Position;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.MembershipUpdate.Change.Joined;
import dev.myelin.wire.MembershipUpdate.Change.Left;
import dev.myelin.wire.MembershipUpdate.Change.StateChanged;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The members as the updates received so far make them.
///
/// Not thread-safe: the feed's scheduler alone touches it. The hash is kept along with the members,
/// so that a delta costs as much as it changes, however many members there are.
final class AppliedMembership {

  private final TreeMap<InstanceId, Member> members = new TreeMap<>();
  private long hash;
  private @Nullable Position position;

  /// What became of an update.
  sealed interface Outcome {

    /// It is applied.
    ///
    /// @param services services whose members may have changed
    record Applied(Set<String> services) implements Outcome {}

    /// The two ends differ: the position is forgotten, so that the next subscription starts from
    /// scratch. The members stay until then.
    ///
    /// @param expected hash that pubsub has
    /// @param found hash of the members here
    record Diverged(long expected, long found) implements Outcome {}
  }

  /// The last update applied; nothing before the first snapshot and after a divergence.
  @Nullable Position position() {
    return position;
  }

  /// Members of a service in order of their ids; `*` = all.
  List<Member> of(String service) {
    if (service.equals("*")) {
      return List.copyOf(members.values());
    }
    return members.values().stream()
        .filter(member -> member.instance().services().contains(service))
        .toList();
  }

  int size() {
    return members.size();
  }

  Outcome apply(MembershipUpdate update) {
    return switch (update) {
      case MembershipUpdate.Snapshot snapshot -> replace(snapshot);
      case MembershipUpdate.Delta delta -> change(delta);
    };
  }

  private Outcome replace(MembershipUpdate.Snapshot snapshot) {
    var touched = new HashSet<String>();
    members.values().forEach(member -> touched.addAll(member.instance().services()));
    members.clear();
    hash = 0;
    for (var member : snapshot.members()) {
      put(member, touched);
    }
    position = new Position(snapshot.generation(), snapshot.version());
    return new Outcome.Applied(touched);
  }

  private Outcome change(MembershipUpdate.Delta delta) {
    var before = position;
    var touched = new HashSet<String>();
    if (before != null && delta.version() < before.version()) {
      return new Outcome.Applied(touched);
    }
    // The same version again confirms, after a resumption, that nothing was missed.
    if (before != null && delta.version() > before.version()) {
      delta.changes().forEach(change -> change(change, touched));
    }
    if (before == null || hash != delta.hash()) {
      position = null;
      return new Outcome.Diverged(delta.hash(), hash);
    }
    position = new Position(before.generation(), delta.version());
    return new Outcome.Applied(touched);
  }

  private void change(MembershipUpdate.Change change, Set<String> touched) {
    switch (change) {
      case Joined(var member) -> put(member, touched);
      case StateChanged(var id, var state) -> {
        var known = members.get(id);
        // Unknown: an update was lost, which the hash tells.
        if (known != null) {
          put(known.withState(state), touched);
        }
      }
      case Left(var id) -> forget(members.remove(id), touched);
    }
  }

  private void put(Member member, Set<String> touched) {
    forget(members.put(member.instance().id(), member), touched);
    hash += MembershipHash.of(List.of(member));
    touched.addAll(member.instance().services());
  }

  private void forget(@Nullable Member member, Set<String> touched) {
    if (member != null) {
      hash -= MembershipHash.of(List.of(member));
      touched.addAll(member.instance().services());
    }
  }
}
