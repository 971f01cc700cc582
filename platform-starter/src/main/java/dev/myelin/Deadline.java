package dev.myelin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/// The instant at which a call has to be answered.
///
/// Absolute, so that it shrinks by itself on the way through queues and nested calls: a service
/// called with 300 ms left passes on what remains of them. Measured by [System#nanoTime()], so it
/// is good within one process; on the wire it is the time that remains. Immutable.
public final class Deadline implements Comparable<Deadline> {

  private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();
  private static final Duration LONGEST = Duration.ofDays(365);

  private final long nanoTime;

  private Deadline(long nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// The deadline that lies a timeout ahead; more than a year counts as a year.
  ///
  /// @param timeout from now on; negative = already passed
  public static Deadline after(Duration timeout) {
    var bounded = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    return new Deadline(System.nanoTime() + bounded.toNanos());
  }

  /// The deadline of the call that the current thread serves; empty outside of one.
  public static Optional<Deadline> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// The earlier one of [#current()] and a timeout from now.
  ///
  /// @param timeout from now on
  public static Deadline currentOr(Duration timeout) {
    var own = after(timeout);
    return CURRENT.isBound() && CURRENT.get().compareTo(own) < 0 ? CURRENT.get() : own;
  }

  /// Runs a task for which this is [#current()].
  ///
  /// @param task what to run
  /// @throws Exception what the task throws
  public <T> T during(Callable<T> task) throws Exception {
    return ScopedValue.where(CURRENT, this).call(task::call);
  }

  /// Time left; zero or negative once it has passed.
  public Duration remaining() {
    return Duration.ofNanos(nanoTime - System.nanoTime());
  }

  /// Whether it has passed.
  public boolean expired() {
    return nanoTime - System.nanoTime() <= 0;
  }

  @Override
  public int compareTo(Deadline other) {
    return Long.signum(nanoTime - other.nanoTime);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Deadline deadline && deadline.nanoTime == nanoTime;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(nanoTime);
  }

  @Override
  public String toString() {
    return "in " + remaining();
  }
}
