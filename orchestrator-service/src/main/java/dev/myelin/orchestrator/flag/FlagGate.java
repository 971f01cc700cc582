package dev.myelin.orchestrator.flag;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Flag.Census;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides which flags are taken.
///
/// - While more than 15 % of all instances (and more than one) are suspect, none is: it is more
///   likely that a checker, or the network, is wrong. Instances whose processes have ended need no
///   flag: they are replaced all the same.
/// - Where two or more stethoscopes are there, two of them have to have voted.
/// - At most a tenth of the instances, and one in any case, is killed within a minute, whoever
///   flags them. One that was flagged within that minute is taken again at no cost.
///
/// What it has taken within a minute is counted by the next orchestrator too, where there is a
/// [FlagMemory]. Thread-safe.
public class FlagGate {

  private static final Logger log = LoggerFactory.getLogger(FlagGate.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final double FREEZE_ABOVE = 0.15;
  private static final int VOTES = 2;
  private static final int SHARE_A_MINUTE = 10;

  private final FlagMemory memory;

  @GuardedBy("this")
  private final Map<InstanceId, Long> takenAt = new LinkedHashMap<>();

  @GuardedBy("this")
  private boolean frozen;

  /// What the orchestrator sees by itself.
  ///
  /// @param stethoscopes those that are there
  /// @param census of the members it knows
  public record Situation(Set<InstanceId> stethoscopes, Census census) {

    /// Copies the ids.
    public Situation {
      stethoscopes = Set.copyOf(stethoscopes);
    }
  }

  /// Creates one that has taken no flag.
  public FlagGate() {
    this(FlagMemory.NONE);
  }

  /// Creates one that goes on where another orchestrator has left off.
  ///
  /// @param memory what was taken
  public FlagGate(FlagMemory memory) {
    this.memory = memory;
  }

  /// Decides on a flag, and says why it is refused if it is.
  ///
  /// @param flag which instance, and who wants it dead
  /// @param situation what the orchestrator sees by itself
  /// @param now a ticker's reading
  public synchronized Flag.Answer decide(Flag flag, Situation situation, long now) {
    var answer = answer(flag, situation, now);
    if (answer.taken()) {
      log.warn(
          "Flag taken: instance={} votes={} reason={}", flag.id(), flag.votes(), flag.reason());
    } else {
      log.warn("Flag refused: instance={} reason={}", flag.id(), answer.reason());
    }
    return answer;
  }

  @GuardedBy("this")
  private Flag.Answer answer(Flag flag, Situation situation, long now) {
    if (frozen(flag.census(), situation.census())) {
      return refused(
          "kills are frozen: %s of the instances are suspect to its stethoscope, %s by membership"
              .formatted(text(flag.census()), text(situation.census())));
    }
    int votes = new HashSet<>(flag.votes()).size();
    int needed = needed(situation.stethoscopes().size());
    if (votes < needed) {
      return refused(
          "%d of %d votes, with %d stethoscopes there"
              .formatted(votes, needed, situation.stethoscopes().size()));
    }
    forget(now);
    int most = most(situation.census().watched());
    if (!takenAt.containsKey(flag.id()) && takenAt.size() >= most) {
      return refused("%d were flagged within a minute, which is the limit".formatted(most));
    }
    if (takenAt.putIfAbsent(flag.id(), now) == null) {
      var ages = new HashMap<InstanceId, Duration>();
      takenAt.forEach((id, at) -> ages.put(id, Duration.ofNanos(now - at)));
      memory.keep(ages);
    }
    return new Flag.Answer(true, flag.reason());
  }

  // Asked each time: another orchestrator may have acted since the last flag. Of an instance that
  // is known here, this one's own ticker counts.
  @GuardedBy("this")
  private void forget(long now) {
    memory
        .recall()
        .forEach((id, age) ->
            takenAt.putIfAbsent(id, now - Math.clamp(age.toNanos(), 0, PERIOD.toNanos())));
    takenAt.values().removeIf(at -> now - at >= PERIOD.toNanos());
  }

  /// How many votes a flag needs.
  ///
  /// @param stethoscopes how many are there
  protected int needed(int stethoscopes) {
    return Math.clamp(stethoscopes, 1, VOTES);
  }

  /// How many may be killed within a minute.
  ///
  /// @param instances how many there are
  protected int most(int instances) {
    return Math.max(1, instances / SHARE_A_MINUTE);
  }

  /// Whether that many suspects are too many to believe it.
  ///
  /// @param census how many are suspect
  protected boolean tooMany(Census census) {
    return census.suspect() > Math.max(1, FREEZE_ABOVE * census.watched());
  }

  @GuardedBy("this")
  private boolean frozen(Census flagged, Census seen) {
    boolean now = tooMany(flagged) || tooMany(seen);
    if (now && !frozen) {
      log.error(
          "Kills are frozen: {} of the instances are suspect to a stethoscope, {} by membership; a"
              + " checker or the network is more likely wrong than they are",
          text(flagged),
          text(seen));
    } else if (frozen && !now) {
      log.warn("Kills are possible again: {} of the instances are suspect", text(flagged));
    }
    frozen = now;
    return now;
  }

  private static Flag.Answer refused(String reason) {
    return new Flag.Answer(false, reason);
  }

  private static String text(Census census) {
    return census.suspect() + " of " + census.watched();
  }
}
