package dev.myelin.client.pick;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// An instance as one caller sees it: what it has in flight there, and how that went. Lives as long
/// as the instance is known. Thread-safe without locks.
public final class Candidate {

  private static final long WARM = Long.MIN_VALUE;
  private static final long READING_STALE = Duration.ofSeconds(1).toNanos();
  private static final double LEAST_WEIGHT = 0.1;
  private static final double FULL = 1.0;
  private static final double MOST_CONGESTED = 1_000;
  private static final double LATENCY_FADES = Duration.ofSeconds(10).toNanos();
  // a tenth of a percent of an average that is no more exact than that
  private static final double NEGLIGIBLE = 0.001;
  private static final long UNTIMED = 0;
  private static final int UNANSWERING = 2;
  private static final long EVIDENCE_FADES = Duration.ofSeconds(5).toNanos();

  private final InstanceId id;
  private final Endpoint endpoint;
  private final Predicate<Endpoint> reachable;
  private final LongSupplier nanos;
  private final long hash;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile long failedAt;
  private volatile long warmingSince = WARM;
  private volatile double congestion;
  private volatile long congestionAt;
  // whether somebody chooses by latency: nobody else pays for the clock
  private volatile boolean timed;
  private volatile double latency;
  private volatile long latencyAt;

  /// Creates one that counts as warm.
  ///
  /// @param id which instance
  /// @param endpoint where it takes calls
  /// @param reachable whether a connection to an endpoint may be had now
  /// @param nanos ticker for intervals
  public Candidate(
      InstanceId id, Endpoint endpoint, Predicate<Endpoint> reachable, LongSupplier nanos) {
    this.id = id;
    this.endpoint = endpoint;
    this.reachable = reachable;
    this.nanos = nanos;
    this.hash = StickyHash.of(id);
  }

  /// The one candidate of a caller that may call one endpoint and nothing else.
  ///
  /// @param endpoint where it takes calls
  public static Candidate at(Endpoint endpoint) {
    return new Candidate(new InstanceId("fixed"), endpoint, _ -> true, System::nanoTime);
  }

  /// Which instance it is.
  public InstanceId id() {
    return id;
  }

  /// Where it takes calls.
  public Endpoint endpoint() {
    return endpoint;
  }

  long hash() {
    return hash;
  }

  boolean promising() {
    return reachable.test(endpoint);
  }

  /// An attempt goes there; [#ended()] has to follow.
  ///
  /// @return when, for [#answered(long)]
  public long started() {
    inFlight.getAndIncrement();
    return timed ? nanos.getAsLong() : UNTIMED;
  }

  /// An attempt that [#started()] came back, whatever it brought.
  public void ended() {
    inFlight.getAndDecrement();
  }

  /// Attempts of this caller that are there now.
  public int inFlight() {
    return inFlight.get();
  }

  /// The instance answered: what it answered is not this caller's to judge.
  public void answered() {
    if (failures.get() != 0) {
      failures.set(0);
    }
  }

  /// The instance answered with a result.
  ///
  /// @param startedAt what [#started()] returned
  public void answered(long startedAt) {
    answered();
    if (startedAt != UNTIMED) {
      took(nanos.getAsLong() - startedAt);
    }
  }

  /// Takes an answer's time into the average.
  ///
  /// That is an average over some ten seconds that follows a longer answer at once, and fades
  /// towards zero while there are none: so an instance that turns slow is noticed with its first
  /// answer, and asked again after a while (the "peak EWMA" of Finagle's load balancers). Two
  /// threads may both add to the same average; the next answers mend what one of them loses. The
  /// moment is written first, and no time counts as negative: what a thread sees that reads in
  /// between, or a ticker that steps back, may be imprecise but is always a number.
  private void took(long time) {
    long now = nanos.getAsLong();
    double before = latency;
    double kept = Math.exp(-Math.max(0, now - latencyAt) / LATENCY_FADES);
    latencyAt = now;
    latency =
        before == 0 || time >= before
            ? Math.max(1, time)
            : before * kept + Math.max(1, time) * (1 - kept);
  }

  /// Whether a call more is less of a load for this one than for another: by calls in flight, made
  /// heavier by reported congestion and, where both are known, by how long answers take.
  boolean lighterThan(Candidate other) {
    timeAnswers();
    other.timeAnswers();
    double own = load();
    double others = other.load();
    double ownLatency = latency;
    double othersLatency = other.latency;
    return (ownLatency == 0 || othersLatency == 0)
        ? own <= others
        : own * ownLatency <= others * othersLatency * fading(latencyAt, other.latencyAt);
  }

  // written once: a write for each pick would make every thread wait for the same cache line
  private void timeAnswers() {
    if (!timed) {
      timed = true;
    }
  }

  /// By how much less one average has faded than another. Both fade from their last answer until
  /// now, so what is left of now is nothing, and no pick asks for the time.
  private static double fading(long since, long othersSince) {
    double apart = (othersSince - since) / LATENCY_FADES;
    return Math.abs(apart) < NEGLIGIBLE ? 1 : Math.exp(apart);
  }

  /// Counts an attempt that the instance did not answer.
  ///
  /// @return how many that were in a row
  int failed() {
    failedAt = nanos.getAsLong();
    return failures.incrementAndGet();
  }

  /// Whether more than one attempt in a row got no answer, the last of them lately.
  boolean unanswering() {
    return failures.get() >= UNANSWERING && nanos.getAsLong() - failedAt < EVIDENCE_FADES;
  }

  /// Makes the next failure the one that ejects again.
  void onProbation(int threshold) {
    failures.set(threshold - 1);
  }

  /// Whether its last attempt was answered, or none was made yet.
  public boolean inGoodStanding() {
    return failures.get() == 0;
  }

  /// The instance refused a call for lack of room.
  public void refused() {
    congested(FULL);
  }

  /// Takes what an instance says of its load; forgotten after a second.
  ///
  /// @param reported calls in flight there / its concurrency; what is no number above 0 counts as 0
  public void congested(double reported) {
    congestionAt = nanos.getAsLong();
    congestion = reported > 0 ? Math.min(reported, MOST_CONGESTED) : 0;
  }

  /// What the instance last said of its load, 0 if that is stale.
  double congestion() {
    double reported = congestion;
    return reported == 0 || nanos.getAsLong() - congestionAt > READING_STALE ? 0 : reported;
  }

  /// How much a call more would be for it: calls in flight, made heavier by reported congestion.
  public double load() {
    return (1.0 + inFlight.get()) * (1.0 + congestion());
  }

  /// It has only now begun to serve, or serves again.
  void warming() {
    warmingSince = nanos.getAsLong();
  }

  /// Share of its calls that it should get by now: grows from a tenth to all of them over the time
  /// of its slow start.
  double weight(Duration slowStart) {
    long since = warmingSince;
    if (since == WARM) {
      return 1;
    }
    // saturates where toNanos() would overflow
    double duration = TimeUnit.NANOSECONDS.convert(slowStart);
    double share = (nanos.getAsLong() - since) / duration;
    // without a slow start 0 / 0 is no number at all
    if (!(share < 1)) {
      warmingSince = WARM;
      return 1;
    }
    return Math.max(LEAST_WEIGHT, share);
  }

  @Override
  public String toString() {
    return id + "@" + endpoint;
  }
}
