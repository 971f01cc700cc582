package dev.myelin.stethoscope.vitals;

import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How little a stethoscope trusts its own ears, as a factor by which it waits longer before it
/// judges: the local health of Lifeguard (Dadgar, Phillips, Currey, 2018), with two sources.
///
/// - Its own timer: rounds that come late show that this process, not the instances, is slow.
/// - Its own losses: instances have no reason to fall silent at the same time, but a checker that
///   is cut off, or hears badly, has. A few at a time (two, or 1 % of all) do not count.
///
/// Both fade over some ten seconds.
///
/// Says so when it begins, and when it ends. Not thread-safe.
public class SelfDoubt {

  private static final Logger log = LoggerFactory.getLogger(SelfDoubt.class);
  private static final Duration PUNCTUAL = Duration.ofMillis(300);
  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  // of what is beyond 1, at each of ten rounds a second
  private static final double KEPT_A_ROUND = 0.99;
  private static final double MOST = 3;
  private static final double DOUBTING = 1.5;
  private static final int FEW = 2;
  private static final double FEW_SHARE = 0.01;
  private static final double PER_SHARE = 40;
  private static final double PER_SECOND = 4;

  private double ofTimer = 1;
  private long ofTimerAt;
  private double ofLosses = 1;
  private boolean said;

  /// Creates one that trusts.
  public SelfDoubt() {}

  /// Takes note of how late a round is.
  ///
  /// @param late time beyond that at which it was due
  /// @param now the clock
  void late(Duration late, long now) {
    if (now - ofTimerAt >= REMEMBERED.toNanos()) {
      ofTimer = 1;
    }
    if (late.compareTo(PUNCTUAL) > 0) {
      double grown = 1 + PER_SECOND * late.toMillis() / 1_000.0;
      ofTimer = Math.max(ofTimer, Math.min(MOST, grown));
      ofTimerAt = now;
    }
  }

  /// Takes note of how many have fallen silent a moment ago.
  ///
  /// @param watched all of them
  /// @param silent those that have
  void losses(int watched, int silent) {
    double excess = silent - Math.max(FEW, FEW_SHARE * watched);
    double found = excess <= 0 ? 1 : Math.min(MOST, 1 + PER_SHARE * excess / watched);
    ofLosses = Math.max(found, 1 + (ofLosses - 1) * KEPT_A_ROUND);
    say(watched, silent);
  }

  private void say(int watched, int silent) {
    boolean doubting = doubting();
    if (doubting && !said) {
      log.warn(
          "This stethoscope doubts itself: {} of {} instances fell silent at once, its timer is"
              + " late by a factor of {}; it waits {} times as long before it judges",
          silent,
          watched,
          text(ofTimer),
          text(stretch()));
    } else if (said && !doubting) {
      log.info(
          "This stethoscope trusts itself again: {} of {} instances are silent", silent, watched);
    }
    said = doubting;
  }

  private static String text(double factor) {
    return String.format(Locale.ROOT, "%.1f", factor);
  }

  /// How many times as long to wait; at least 1.
  protected double stretch() {
    return Math.max(ofTimer, ofLosses);
  }

  /// Whether its word should not count against anybody.
  boolean doubting() {
    return stretch() >= DOUBTING;
  }
}
