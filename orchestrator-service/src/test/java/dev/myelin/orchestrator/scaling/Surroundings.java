package dev.myelin.orchestrator.scaling;

/// What a simulated service runs in.
///
/// @param callSeconds mean time a call takes at a warm instance
/// @param concurrency calls an instance runs at a time
/// @param startLeast shortest time from the order to serving, in seconds
/// @param startMost longest
/// @param cold by how much longer calls take at an instance that has just begun to serve; the
///   factor falls to 1 within eight seconds
/// @param lostBeats share of heartbeats that never arrive
/// @param deathsASecond share of instances that die in a second
record Surroundings(
    double callSeconds,
    int concurrency,
    double startLeast,
    double startMost,
    double cold,
    double lostBeats,
    double deathsASecond) {

  static Surroundings of(double callSeconds, int concurrency) {
    return new Surroundings(callSeconds, concurrency, 3, 8, 3, 0.02, 0);
  }

  Surroundings withStarts(double least, double most) {
    return new Surroundings(callSeconds, concurrency, least, most, cold, lostBeats, deathsASecond);
  }

  Surroundings withLostBeats(double share) {
    return new Surroundings(
        callSeconds, concurrency, startLeast, startMost, cold, share, deathsASecond);
  }

  Surroundings withDeaths(double aSecond) {
    return new Surroundings(
        callSeconds, concurrency, startLeast, startMost, cold, lostBeats, aSecond);
  }

  /// Calls a second that keep so many permits busy.
  double rate(double busy) {
    return busy / callSeconds;
  }
}
