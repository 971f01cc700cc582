package dev.myelin.topic.broker;

import dev.myelin.wire.TopicDelivery;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands what a cursor gives to a subscriber, one by one, as many as it has asked for.
///
/// Takes a delivery only when there is demand for it, so nothing is leased that would wait here.
/// Its thread is never interrupted: a store that reads a file must not be.
final class Pump implements Flow.Subscription, Runnable {

  private static final Logger log = LoggerFactory.getLogger(Pump.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int MOST = 1 << 20;

  private final Broker.Cursor cursor;
  private final Flow.Subscriber<? super TopicDelivery> subscriber;
  private final Semaphore demand = new Semaphore(0);
  private final AtomicBoolean cancelled = new AtomicBoolean();

  Pump(Broker.Cursor cursor, Flow.Subscriber<? super TopicDelivery> subscriber) {
    this.cursor = cursor;
    this.subscriber = subscriber;
  }

  void start() {
    subscriber.onSubscribe(this);
    Thread.ofVirtual().name("myelin-topic-pump").start(this);
  }

  @Override
  public void request(long deliveries) {
    if (deliveries <= 0) {
      cancel();
      subscriber.onError(new IllegalArgumentException("A subscriber must request at least 1"));
    } else if (demand.availablePermits() < MOST) {
      demand.release((int) Math.min(deliveries, MOST));
    }
  }

  @Override
  public void cancel() {
    cancelled.set(true);
    cursor.close();
    demand.release();
  }

  @Override
  public void run() {
    try (cursor) {
      while (!over()) {
        if (demand.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          forward();
        }
      }
      if (!cancelled.get()) {
        subscriber.onComplete();
      }
    } catch (InterruptedException | RuntimeException e) {
      if (!cancelled.getAndSet(true)) {
        log.debug("A subscription ended", e);
        subscriber.onError(e);
      }
    }
  }

  private boolean over() {
    return cancelled.get() || cursor.closed();
  }

  private void forward() {
    while (!over()) {
      var delivery = cursor.take(LOOK);
      if (delivery != null) {
        subscriber.onNext(delivery);
        return;
      }
    }
  }
}
