package dev.myelin.client.pick;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
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

  private final InstanceId id;
  private final Endpoint endpoint;
  private final Predicate<Endpoint> reachable;
  private final LongSupplier nanos;
  private final long hash;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile long warmingSince = WARM;
  private volatile double congestion;
  private volatile long congestionAt;

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
  public void started() {
    inFlight.getAndIncrement();
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

  /// Counts an attempt that the instance did not answer.
  ///
  /// @return how many that were in a row
  int failed() {
    return failures.incrementAndGet();
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
  /// @param reported calls in flight there / its concurrency
  public void congested(double reported) {
    congestionAt = nanos.getAsLong();
    congestion = reported;
  }

  /// What the instance last said of its load, 0 if that is stale.
  double congestion() {
    double reported = congestion;
    return reported == 0 || nanos.getAsLong() - congestionAt > READING_STALE ? 0 : reported;
  }

  /// How much a call more would be for it: calls in flight, made heavier by reported congestion.
  double load() {
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
    double share = (double) (nanos.getAsLong() - since) / Math.max(1, slowStart.toNanos());
    if (share >= 1) {
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
