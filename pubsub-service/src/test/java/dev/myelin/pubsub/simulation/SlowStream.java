package dev.myelin.pubsub.simulation;

import dev.myelin.membership.SerialScheduler;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipUpdate;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// A stream between two processes: what either side says arrives later, in order, or not at all
/// once the connection was reset. Some are much slower than others.
final class SlowStream implements Flow.Subscriber<MembershipUpdate> {

  private final SerialScheduler clock;
  private final Random random;
  private final Flow.Subscriber<? super MembershipUpdate> to;
  private final Duration slowest;
  private final InstanceId process;
  private Flow.@Nullable Subscription begun;
  private long lastArrival;
  private boolean ended;

  SlowStream(
      SerialScheduler clock,
      Random random,
      InstanceId process,
      Flow.Subscriber<? super MembershipUpdate> subscriber) {
    this.process = process;
    this.clock = clock;
    this.random = random;
    this.to = subscriber;
    this.slowest = Duration.ofMillis(random.nextInt(4) == 0 ? 800 : 30);
    this.lastArrival = clock.nanoTime();
  }

  private void later(Runnable arrival) {
    long at = clock.nanoTime() + random.nextLong(slowest.toNanos());
    lastArrival = at - lastArrival > 0 ? at : lastArrival;
    clock.schedule(
        Duration.ofNanos(lastArrival - clock.nanoTime()),
        () -> {
          if (!ended) {
            arrival.run();
          }
        });
  }

  /// The connection is gone, with everything on its way.
  void reset() {
    if (!ended) {
      ended = true;
      clock.execute(() -> to.onError(new IllegalStateException("connection reset")));
    }
  }

  /// The process at the other end died, and the system closed its connections.
  void endedAt(InstanceId died) {
    if (process.equals(died) && !ended) {
      ended = true;
      if (begun != null) {
        begun.cancel();
      }
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    begun = subscription;
    later(() ->
        to.onSubscribe(
            new Flow.Subscription() {
              @Override
              public void request(long updates) {
                later(() -> subscription.request(updates));
              }

              @Override
              public void cancel() {
                later(() -> {
                  ended = true;
                  subscription.cancel();
                });
              }
            }));
  }

  @Override
  public void onNext(MembershipUpdate update) {
    later(() -> to.onNext(update));
  }

  @Override
  public void onError(Throwable error) {
    later(() -> to.onError(error));
  }

  @Override
  public void onComplete() {
    later(to::onComplete);
  }
}
