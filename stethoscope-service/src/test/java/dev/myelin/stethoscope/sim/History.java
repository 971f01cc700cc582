package dev.myelin.stethoscope.sim;

import dev.myelin.wire.Flag;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What happened, in order, with what was true at that moment. Checkers read it.
public final class History {

  private final List<Event> events = new ArrayList<>();

  /// Something that happened.
  public sealed interface Event {

    /// When, since the beginning.
    Duration at();

    /// An instance was quarantined, and all clients know.
    ///
    /// @param at when
    /// @param id which
    /// @param well whether it served at that moment
    record Quarantined(Duration at, InstanceId id, boolean well) implements Event {}

    /// An instance was released.
    ///
    /// @param at when
    /// @param id which
    record Released(Duration at, InstanceId id) implements Event {}

    /// A flag was taken, and the instance killed.
    ///
    /// @param at when
    /// @param flag of whom, by whom
    /// @param well whether it served at that moment
    /// @param stethoscopes how many were listed
    /// @param suspect how many members were quarantined
    /// @param members how many there were
    record Killed(Duration at, Flag flag, boolean well, int stethoscopes, int suspect, int members)
        implements Event {}

    /// An instance stopped to answer, or its process ended.
    ///
    /// @param at when
    /// @param id which
    /// @param dead whether its process ended
    record Failed(Duration at, InstanceId id, boolean dead) implements Event {}

    /// A replacement was ordered.
    ///
    /// @param at when
    /// @param of whom it replaces
    record Respawned(Duration at, InstanceId of) implements Event {}

    /// Nobody watched an instance for too long.
    ///
    /// @param at when that was noticed
    /// @param id which
    record Unwatched(Duration at, InstanceId id) implements Event {}
  }

  void add(Event event) {
    events.add(event);
  }

  /// All of a kind, in order.
  ///
  /// @param <E> the kind
  /// @param kind the kind
  public <E extends Event> List<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// Instances that served when they were quarantined.
  public List<Event.Quarantined> falseQuarantines() {
    return all(Event.Quarantined.class).stream().filter(Event.Quarantined::well).toList();
  }

  /// Instances that served when they were killed.
  public List<Event.Killed> falseKills() {
    return all(Event.Killed.class).stream().filter(Event.Killed::well).toList();
  }

  /// The most kills within any minute.
  public int mostKillsInAMinute() {
    var kills = all(Event.Killed.class);
    int most = 0;
    for (int first = 0; first < kills.size(); first++) {
      int count = 0;
      for (int each = first; each < kills.size(); each++) {
        var apart = kills.get(each).at().minus(kills.get(first).at());
        count += apart.compareTo(Duration.ofMinutes(1)) < 0 ? 1 : 0;
      }
      most = Math.max(most, count);
    }
    return most;
  }

  /// How long each that failed without dying was in rotation after that, shortest first; one that
  /// was never quarantined counts as an hour.
  public List<Duration> detections() {
    var found = new ArrayList<Duration>();
    for (var failed : all(Event.Failed.class)) {
      if (!failed.dead()) {
        found.add(
            all(Event.Quarantined.class).stream()
                .filter(event -> event.id().equals(failed.id()))
                .map(event -> event.at().minus(failed.at()))
                .filter(after -> !after.isNegative())
                .findFirst()
                .orElse(Duration.ofHours(1)));
      }
    }
    return found.stream().sorted().toList();
  }

  /// A percentile of durations, in seconds.
  ///
  /// @param sorted shortest first
  /// @param share 0.5, 0.99, …
  public static double percentile(List<Duration> sorted, double share) {
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.clamp(index, 0, sorted.size() - 1)).toMillis() / 1_000.0;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var event : events) {
      text.append(
          String.format(Locale.ROOT, "%9.3f s  %s%n", event.at().toMillis() / 1_000.0, event));
    }
    return text.toString();
  }
}
