package dev.myelin.stethoscope.sim;

import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/// Carries calls between processes: late, not at all, or in one direction only.
///
/// A message that is lost is lost: nothing sends it again, which is harsher than TCP is.
final class SimNetwork {

  private final SimTime time;
  private final Random random;
  private Weather weather = Weather.CALM;
  private BiPredicate<InstanceId, InstanceId> cut = (_, _) -> false;

  /// What messages suffer.
  ///
  /// @param loss share that gets lost
  /// @param least shortest time under way
  /// @param most longest time under way
  record Weather(double loss, Duration least, Duration most) {

    static final Weather CALM = new Weather(0, Duration.ofNanos(200_000), Duration.ofMillis(2));

    /// The goal's: 5 % lost, 50 to 500 ms under way.
    static final Weather ROUGH = new Weather(0.05, Duration.ofMillis(50), Duration.ofMillis(500));
  }

  SimNetwork(SimTime time, Random random) {
    this.time = time;
    this.random = random;
  }

  void weather(Weather now) {
    weather = now;
  }

  /// From now on, messages from one to another for which that holds do not arrive.
  void cut(BiPredicate<InstanceId, InstanceId> fromTo) {
    cut = fromTo;
  }

  void heal() {
    cut = (_, _) -> false;
  }

  /// Calls another process.
  ///
  /// @param slow whether the answer takes more than a moment, so that the caller may give up first
  <T> CompletableFuture<T> call(
      SimProcess from,
      SimProcess to,
      Duration timeout,
      boolean slow,
      Supplier<CompletableFuture<T>> served) {
    var result = new CompletableFuture<T>();
    long deadline = time.now() + timeout.toNanos();
    Runnable giveUp =
        () -> time.at(deadline, from.task(() -> result.completeExceptionally(new NoAnswer())));
    long arrival = arrival(from.id, to.id);
    if (slow || arrival < 0 || !to.runs(time.now() + arrival)) {
      giveUp.run();
    }
    if (arrival >= 0) {
      time.at(
          time.now() + arrival,
          to.task(() -> answer(from, to, result, deadline, giveUp, served.get())));
    }
    return result;
  }

  private <T> void answer(
      SimProcess from,
      SimProcess to,
      CompletableFuture<T> result,
      long deadline,
      Runnable giveUp,
      CompletableFuture<T> answer) {
    var _ =
        answer.whenComplete((value, failure) -> {
          long arrival = arrival(to.id, from.id);
          if (failure != null || arrival < 0 || time.now() + arrival > deadline) {
            giveUp.run();
          } else {
            time.at(time.now() + arrival, from.task(() -> result.complete(value)));
          }
        });
  }

  /// How long a message takes; less than 0 if it does not arrive.
  long arrival(InstanceId from, InstanceId to) {
    if (cut.test(from, to) || (weather.loss() > 0 && random.nextDouble() < weather.loss())) {
      return -1;
    }
    long least = weather.least().toNanos();
    return least + (long) (random.nextDouble() * (weather.most().toNanos() - least));
  }

  /// Made by the million, and never looked at.
  private static final class NoAnswer extends RuntimeException {

    NoAnswer() {
      super("no answer in time", null, false, false);
    }
  }
}
