package dev.myelin.benchmarks.inprocess;

import java.util.Locale;

/// A call of the plain bean and one of the hosted bean.
///
/// @param plain the time of the one
/// @param hosted the time of the other
/// @param sameClass whether both are of one class, so that nothing stands between caller and bean
public record Comparison(Time plain, Time hosted, boolean sameClass) {

  /// The time of a call.
  ///
  /// @param nanos the mean in nanoseconds
  /// @param error half the width of its interval of confidence of 99.9 %
  public record Time(double nanos, double error) {

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f ns (+- %.1f)", nanos, error);
    }
  }

  /// Whether the hosted bean is the plain one's equal: of the same class, and not slower by more
  /// than the measurement can tell.
  public boolean met() {
    return sameClass && hosted.nanos - plain.nanos <= hosted.error + plain.error;
  }

  @Override
  public String toString() {
    return "%s  P3 a hosted service in its own process is the bean itself: plain %s, hosted %s, %s"
        .formatted(
            met() ? "met   " : "MISSED", plain, hosted, sameClass ? "one class" : "two classes");
  }
}
