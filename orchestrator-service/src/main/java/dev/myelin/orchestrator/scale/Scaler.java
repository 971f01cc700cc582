package dev.myelin.orchestrator.scale;

import dev.myelin.orchestrator.scale.Decision.Down;
import dev.myelin.orchestrator.scale.Decision.Hold;
import dev.myelin.orchestrator.scale.Decision.Up;
import dev.myelin.wire.ApplicationDescription.Scaling;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Decides how many instances a service should have. A pure function: no clock, no state.
///
/// **Up.** When the mean congestion (calls in flight / concurrency, over the serving instances) of
/// the short window is above the high watermark, the service gets as many instances as bring it
/// half-way between the watermarks, at once; [OfferedLoad] tells how many those are. Only samples
/// since the number of serving instances last changed count, so that an instance that has just
/// joined is given the time to take its share, and leaving out those that may still speak of the
/// time before. Where queues are left over from before, and what comes now is no more than the
/// instances can do, nothing is added.
///
/// While instances start nothing is added either, for what they are to take is still in the queues
/// of the others. There are two exceptions, both for a load that needs more than all of those that
/// were ordered: soon after a rise, because the first decision may have seen only its beginning;
/// and after a long window, because an instance that never comes must not keep the service small.
///
/// **Down.** When congestion stayed below the low watermark throughout the long window, one
/// instance goes, and after a pause the next one. It stays if the others could not have carried the
/// window's peak. Nothing goes on missing figures: silence is not idleness.
///
/// **None.** A service with `minInstances = 0` loses its last instance when nobody has called it
/// for long enough. Without an instance there is no congestion to be noticed: its callers say that
/// they wait, see [DesiredCounts#called].
public final class Scaler implements ScalingRule {

  /// By how much the load has to be above what all ordered instances are for: while they start, and
  /// once they serve, when the queue they found makes it harder to tell.
  private static final double TOLERANCE = 1.1;

  private static final double TOLERANCE_OF_QUEUES = 1.25;

  /// How old what a sample says may be: heartbeats come once a second, and are looked at twice.
  private static final Duration LAG = Duration.ofMillis(1_500);

  private final ScalingWindows windows;

  /// Creates it.
  ///
  /// @param windows over what times load is judged
  public Scaler(ScalingWindows windows) {
    this.windows = windows;
  }

  /// Least number of instances of a service.
  ///
  /// @param limits the service's attributes
  public static int least(Scaling limits) {
    return limits.minInstances();
  }

  @Override
  public Decision decide(Scaling limits, Counts counts, List<Sample> samples, long now) {
    if (counts.desired() < least(limits)) {
      return new Up(least(limits), "fewer than minInstances");
    }
    if (counts.desired() > limits.maxInstances()) {
      return new Down(limits.maxInstances(), "more than maxInstances");
    }
    if (counts.desired() == 0) {
      return new Hold("nobody calls it");
    }
    boolean starting = counts.serving() < counts.desired();
    var recent = recent(samples, counts.serving(), now);
    if (coversHigh(recent, now)) {
      double mean = recent.stream().mapToDouble(Sample::congestion).average().orElse(0);
      var rise = Rise.in(samples, limits.highWatermark());
      if (mean > limits.highWatermark() && (!starting || reconsidered(counts, rise, now))) {
        return up(limits, counts, OfferedLoad.of(rise.since(recent)), mean);
      }
    }
    return starting ? starting(counts) : down(limits, counts, samples, now);
  }

  private boolean reconsidered(Counts counts, Rise rise, long now) {
    long age = now - rise.at();
    long high = windows.high().toNanos();
    return (age >= high && age <= high + high / 2)
        || counts.unchanged().compareTo(windows.low()) >= 0;
  }

  private static Decision starting(Counts counts) {
    return new Hold(
        "%d of %d are not serving yet"
            .formatted(counts.desired() - counts.serving(), counts.desired()));
  }

  private Decision up(Scaling limits, Counts counts, OfferedLoad load, double mean) {
    if (counts.desired() >= limits.maxInstances()) {
      return new Hold("congestion %s, but at maxInstances".formatted(figure(mean)));
    }
    double wanted = load.calls() / (target(limits) * limits.concurrency());
    if (counts.serving() < counts.desired() && wanted <= counts.desired() * TOLERANCE) {
      return starting(counts);
    }
    double excess = Math.min(TOLERANCE_OF_QUEUES, limits.highWatermark() / target(limits));
    if (wanted <= counts.desired() * excess) {
      return new Hold(
          "congestion %s, but of calls that came before: %s".formatted(figure(mean), load.text()));
    }
    int most = load.known() ? limits.maxInstances() : 2 * counts.desired();
    int to =
        Math.clamp(
            (long) Math.ceil(wanted), counts.desired() + 1, Math.min(most, limits.maxInstances()));
    return new Up(
        to,
        "congestion %s above %s for %s: %s"
            .formatted(
                figure(mean), figure(limits.highWatermark()), text(windows.high()), load.text()));
  }

  private Decision down(Scaling limits, Counts counts, List<Sample> samples, long now) {
    if (counts.desired() <= least(limits)) {
      return new Hold("at minInstances");
    }
    if (counts.desired() == 1) {
      return counts.idle().compareTo(windows.idle()) >= 0
          ? new Down(0, "not called for " + text(windows.idle()))
          : new Hold("called within the last " + text(windows.idle()));
    }
    if (!coversLow(samples, now)) {
      return new Hold("figures are missing");
    }
    var window = within(samples, windows.low(), now);
    double peak = window.stream().mapToDouble(Sample::congestion).max().orElse(Double.MAX_VALUE);
    if (peak >= limits.lowWatermark()) {
      return new Hold("congestion up to " + figure(peak));
    }
    if (counts.unchanged().compareTo(windows.step()) < 0) {
      return new Hold("changed just now");
    }
    int to = counts.desired() - 1;
    double load = window.stream().mapToDouble(s -> s.congestion() * s.serving()).max().orElse(0);
    if (load / to > target(limits)) {
      return new Hold("%d would be congested %s".formatted(to, figure(load / to)));
    }
    return new Down(
        to,
        "congestion below %s for %s".formatted(figure(limits.lowWatermark()), text(windows.low())));
  }

  private static double target(Scaling limits) {
    return (limits.highWatermark() + limits.lowWatermark()) / 2;
  }

  private List<Sample> recent(List<Sample> samples, int serving, long now) {
    int from = samples.size();
    while (from > 0 && samples.get(from - 1).serving() == serving) {
      from--;
    }
    var same = samples.subList(from, samples.size());
    long settled = from == 0 || same.isEmpty() ? 0 : same.getFirst().at() + LAG.toNanos();
    boolean changed = from > 0;
    return within(same, windows.high(), now).stream()
        .filter(sample -> sample.heard() && (!changed || sample.at() - settled >= 0))
        .toList();
  }

  private static List<Sample> within(List<Sample> samples, Duration window, long now) {
    return samples.stream().filter(s -> now - s.at() <= window.toNanos()).toList();
  }

  // Samples come at intervals, so the oldest of a window is younger than the window by up to one
  private boolean coversHigh(List<Sample> recent, long now) {
    return !recent.isEmpty() && now - recent.getFirst().at() >= windows.high().toNanos() * 3 / 4;
  }

  // No figure missing, at any instance or between two samples (the machine may have slept)
  private boolean coversLow(List<Sample> samples, long now) {
    if (samples.isEmpty() || now - samples.getFirst().at() < windows.low().toNanos()) {
      return false;
    }
    long last = samples.getFirst().at();
    for (var sample : samples) {
      if (sample.at() - last > windows.high().toNanos()) {
        return false;
      }
      last = sample.at();
    }
    return within(samples, windows.low(), now).stream().allMatch(Sample::complete);
  }

  static String figure(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String text(Duration window) {
    return String.format(Locale.ROOT, "%.1f s", window.toNanos() / 1e9);
  }
}
