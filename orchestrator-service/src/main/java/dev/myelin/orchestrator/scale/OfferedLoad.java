package dev.myelin.orchestrator.scale;

import java.util.List;
import java.util.Locale;

/// How many calls would run at a time if none had to wait.
///
/// Where calls wait, congestion does not tell: it grows for as long as too much comes in, so that
/// it says more of how long that has been going on than of the load. But of calls that came while
/// others ended, the running ones had to be in the same proportion as many: at `r` running calls,
/// `a` arrivals and `e` endings, `r · a / e` would have kept up. As few endings say little, a rise
/// is told with care: those that run are added to both, as if as many had come and ended. No more
/// are needed than are in flight.
///
/// @param calls how many
/// @param known whether calls ended, so that it is known how long they take
record OfferedLoad(double calls, boolean known) {

  static OfferedLoad of(List<Sample> samples) {
    double running = 0;
    long prior = 0;
    long arrived = 0;
    long ended = 0;
    double inFlight = 0;
    for (var sample : samples) {
      running += sample.flow().running() * sample.scale() / samples.size();
      prior = Math.max(prior, sample.flow().running());
      arrived += sample.flow().arrived();
      ended += sample.flow().ended();
      inFlight = Math.max(inFlight, sample.inFlight() * sample.scale());
    }
    if (ended == 0) {
      return new OfferedLoad(inFlight, false);
    }
    long few = arrived > ended ? prior : 0;
    double kept = running * Math.max(0, arrived + few) / (ended + few);
    return new OfferedLoad(Math.min(inFlight, kept), true);
  }

  String text() {
    return String.format(
        Locale.ROOT,
        known ? "%.1f calls at a time to be served" : "%.0f calls in flight, and none ends",
        calls);
  }
}
