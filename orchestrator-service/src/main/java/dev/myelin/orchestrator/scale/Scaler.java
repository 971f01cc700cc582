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
/// half-way between the watermarks, at once. Only samples since the number of serving instances
/// last changed count, so that an instance that has just joined is given the time to take its
/// share; and nothing is added while instances are still starting, or while the queue that has
/// built up in the meantime shrinks: both would answer one rise of the load twice. For the same
/// reason the number is at most doubled where it has changed within the long window: a queue that
/// grew while instances started says more of their start than of the load.
///
/// **Down.** When congestion stayed below the low watermark throughout the long window, one
/// instance goes, and after a pause the next one. It stays if the others could not have carried the
/// window's peak. Nothing goes on missing figures: silence is not idleness.
///
/// **None.** A service with `minInstances = 0` loses its last instance when nobody has called it
/// for long enough. Without an instance there is no congestion to be noticed: its callers say that
/// they wait, see [DesiredCounts#called].
public final class Scaler {

  private static final double SHRINKING = 0.98;

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

  /// Decides.
  ///
  /// @param limits the service's attributes
  /// @param counts its instances
  /// @param samples its load, oldest first, of at least the longer window
  /// @param now the ticker's reading
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
    if (counts.serving() < counts.desired()) {
      return new Hold(
          "%d of %d are not serving yet"
              .formatted(counts.desired() - counts.serving(), counts.desired()));
    }
    var recent = recent(samples, counts.serving(), now);
    if (coversHigh(recent, now)) {
      double mean = recent.stream().mapToDouble(Sample::congestion).average().orElse(0);
      if (mean > limits.highWatermark()) {
        return up(limits, counts, recent, mean);
      }
    }
    return down(limits, counts, samples, now);
  }

  private Decision up(Scaling limits, Counts counts, List<Sample> recent, double mean) {
    if (counts.desired() >= limits.maxInstances()) {
      return new Hold("congestion %s, but at maxInstances".formatted(figure(mean)));
    }
    if (shrinking(recent)) {
      return new Hold("congestion %s, but shrinking".formatted(figure(mean)));
    }
    double wanted = Math.ceil(mean * counts.serving() / target(limits));
    int most =
        counts.unchanged().compareTo(windows.low()) < 0
            ? Math.min(2 * counts.desired(), limits.maxInstances())
            : limits.maxInstances();
    int to = Math.clamp((long) wanted, counts.desired() + 1, most);
    return new Up(
        to,
        "congestion %s above %s for %s"
            .formatted(figure(mean), figure(limits.highWatermark()), text(windows.high())));
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
    var window = within(samples, windows.high(), now);
    int from = window.size();
    while (from > 0 && window.get(from - 1).serving() == serving) {
      from--;
    }
    return window.subList(from, window.size()).stream().filter(Sample::heard).toList();
  }

  private static boolean shrinking(List<Sample> recent) {
    int half = recent.size() / 2;
    double before = recent.subList(0, half).stream().mapToDouble(Sample::congestion).sum();
    double after =
        recent.subList(recent.size() - half, recent.size()).stream()
            .mapToDouble(Sample::congestion)
            .sum();
    return half > 0 && after < before * SHRINKING;
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

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String text(Duration window) {
    return String.format(Locale.ROOT, "%.1f s", window.toNanos() / 1e9);
  }
}
