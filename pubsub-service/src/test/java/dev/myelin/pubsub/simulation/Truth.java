package dev.myelin.pubsub.simulation;

import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.pubsub.membership.MembershipHistory;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What was written, version by version, whoever wrote it.
final class Truth {

  private final TreeMap<Long, Map<InstanceId, Member>> states = new TreeMap<>();
  private final List<String> violations;

  Truth(List<String> violations) {
    this.violations = violations;
  }

  long version() {
    return states.isEmpty() ? 0 : states.lastKey();
  }

  /// Takes note of what a writer has written.
  void written(MembershipHistory history) {
    var contents = history.contents();
    if (contents.version() <= version() && !states.containsKey(contents.version())) {
      violations.add("version " + contents.version() + " was written after " + version());
      return;
    }
    var retained = history.retained();
    long oldest = retained.version() - retained.changes().size();
    if (oldest > version()) {
      opened(oldest, contents, retained);
    }
    for (var change : retained.changes()) {
      if (change.version() > version()) {
        var state = new TreeMap<>(states.lastEntry().getValue());
        if (change.after() == null) {
          state.remove(change.id());
        } else {
          state.put(change.id(), change.after().member());
        }
        states.put(change.version(), state);
      }
    }
    if (!states.getOrDefault(contents.version(), Map.of()).equals(state(contents.members()))) {
      violations.add("version " + contents.version() + " is not what its changes make it");
    }
  }

  private void opened(
      long oldest,
      dev.myelin.pubsub.membership.Contents contents,
      MembershipHistory.Retained retained) {
    if (!retained.changes().isEmpty()) {
      violations.add("changes up to version " + oldest + " were never seen");
    }
    var now = state(contents.members());
    if (!states.isEmpty() && !now.equals(states.lastEntry().getValue())) {
      violations.add(
          "version "
              + oldest
              + " was opened with other members than version "
              + version()
              + " had");
    }
    states.put(oldest, now);
  }

  private static Map<InstanceId, Member> state(List<Held> members) {
    var state = new TreeMap<InstanceId, Member>();
    members.forEach(held -> state.put(held.member().instance().id(), held.member()));
    return state;
  }

  /// The members of a service at a version.
  List<Member> members(long version, String service) {
    return states.getOrDefault(version, Map.of()).values().stream()
        .filter(member -> member.instance().services().contains(service))
        .toList();
  }

  boolean knows(long version) {
    return states.containsKey(version);
  }

  /// Whether a service changed after one version, up to another.
  boolean changed(long after, long upTo, String service) {
    var before = members(after, service);
    return states.subMap(after, false, upTo, true).keySet().stream()
        .anyMatch(version -> !members(version, service).equals(before));
  }

  List<InstanceId> ids() {
    return states.isEmpty() ? List.of() : new ArrayList<>(states.lastEntry().getValue().keySet());
  }
}
