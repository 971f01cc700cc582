package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.reconcile.InstanceChange.State;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells listeners what has changed since they were last told. Confined to the loop's thread.
final class ChangeReporter {

  private static final Logger log = LoggerFactory.getLogger(ChangeReporter.class);

  private final List<InstanceListener> listeners;
  private final Time time;
  private final Map<InstanceId, Told> told = new HashMap<>();

  private record Told(State state, long at) {}

  ChangeReporter(List<InstanceListener> listeners, Time time) {
    this.listeners = List.copyOf(listeners);
    this.time = time;
  }

  /// Compares with what was told, and tells what differs.
  void report(List<Tracked> all, Map<InstanceId, Member> members) {
    for (var tracked : all) {
      if (tracked.stage() instanceof Stage.Spawning) {
        continue; // has no process yet, and may never have one
      }
      var state = state(tracked, members.get(tracked.id()));
      var before = told.get(tracked.id());
      if (before == null || before.state() != state) {
        told.put(tracked.id(), new Told(state, time.nanos()));
        tell(tracked, state, before);
      }
    }
    told.keySet().removeIf(id -> all.stream().noneMatch(tracked -> tracked.id().equals(id)));
  }

  /// Forgets what was told: what is found from now on is told anew.
  void forget() {
    told.clear();
  }

  static State state(Tracked tracked, @Nullable Member member) {
    return switch (tracked.state(member).orElse(null)) {
      case null -> State.ENDED;
      case STARTING -> State.STARTING;
      case SERVING -> State.SERVING;
      case QUARANTINED -> State.QUARANTINED;
      case DRAINING -> State.DRAINING;
    };
  }

  private void tell(Tracked tracked, State state, @Nullable Told before) {
    var change =
        new InstanceChange(
            tracked.id(),
            tracked.service(),
            tracked.pid(),
            state,
            before == null ? Duration.ZERO : time.since(before.at()),
            tracked.stage().reason());
    for (var listener : listeners) {
      try {
        listener.changed(change);
      } catch (RuntimeException e) {
        log.warn("A listener failed on a change of instance '{}'", change.id(), e);
      }
    }
  }
}
