package dev.myelin.stethoscope.vitals;

import dev.myelin.membership.Rendezvous;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stethoscopes of the cluster in the eyes of one of them: who is there, who answers, and who
/// watches whom.
///
/// - One that does not answer for two seconds counts as dead, listed or not: its instances are
///   shared out among the others until it answers again.
/// - One that is not listed itself, while others are, watches nobody: nobody beats to it yet.
///
/// Not thread-safe.
final class Colleagues {

  private static final Logger log = LoggerFactory.getLogger(Colleagues.class);
  private static final Duration DEAD_AFTER = Duration.ofSeconds(2);

  private final InstanceId self;
  private final Map<InstanceId, Colleague> others = new HashMap<>();
  private boolean listed;
  private Rendezvous living;

  /// Another stethoscope.
  private static final class Colleague {
    Instance process;
    long answeredAt;
    boolean dead;

    Colleague(Instance process, long answeredAt) {
      this.process = process;
      this.answeredAt = answeredAt;
    }
  }

  Colleagues(InstanceId self) {
    this.self = self;
    this.living = new Rendezvous(List.of(self));
  }

  /// Takes note of who is listed.
  void listed(List<Instance> processes, long now) {
    listed = false;
    var before = new HashMap<>(others);
    others.clear();
    for (var process : processes) {
      if (process.id().equals(self)) {
        listed = true;
      } else {
        var known = before.getOrDefault(process.id(), new Colleague(process, now));
        known.process = process;
        others.put(process.id(), known);
      }
    }
    rank();
  }

  /// Takes note that one has answered.
  ///
  /// @return whether shares change by that
  boolean answered(InstanceId id, long now) {
    var colleague = others.get(id);
    if (colleague == null) {
      return false;
    }
    colleague.answeredAt = now;
    if (!colleague.dead) {
      return false;
    }
    colleague.dead = false;
    log.info("Stethoscope '{}' answers again: its instances are its own", id);
    rank();
    return true;
  }

  /// Looks who has not answered for too long.
  ///
  /// @return whether shares change by that
  boolean look(long now) {
    boolean changed = false;
    for (var colleague : others.values()) {
      if (!colleague.dead && now - colleague.answeredAt > DEAD_AFTER.toNanos()) {
        colleague.dead = true;
        changed = true;
        log.warn(
            "Stethoscope '{}' does not answer: its instances are shared out",
            colleague.process.id());
      }
    }
    if (changed) {
      rank();
    }
    return changed;
  }

  /// Lets every wait begin anew.
  void restartClocks(long now) {
    others.values().forEach(colleague -> colleague.answeredAt = now);
  }

  private void rank() {
    var ids = new ArrayList<InstanceId>();
    others.forEach((id, colleague) -> {
      if (!colleague.dead) {
        ids.add(id);
      }
    });
    if (listed || others.isEmpty()) {
      ids.add(self);
    }
    living = new Rendezvous(ids);
  }

  /// Whether an instance is this stethoscope's to watch.
  boolean own(InstanceId id) {
    return living.first(id).filter(self::equals).isPresent();
  }

  /// Whom to ask about an instance: the best in rank of those that answer, other than this one.
  Optional<Instance> second(InstanceId id) {
    return living.ranked(id).stream()
        .filter(other -> !other.equals(self))
        .findFirst()
        .map(others::get)
        .map(colleague -> colleague.process);
  }

  /// Whether no other one answers.
  boolean alone() {
    return others.values().stream().allMatch(colleague -> colleague.dead);
  }

  List<Instance> others() {
    return others.values().stream().map(colleague -> colleague.process).toList();
  }

  InstanceId self() {
    return self;
  }
}
