package dev.myelin.topic;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.wire.TopicDelivery;
import dev.myelin.wire.TopicSubscription;
import dev.myelin.wire.Topics;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one method subscribed: takes its deliveries, has them handled, and comes back after every
/// loss of the broker.
///
/// What it holds is extended three times within the ack timeout, so a delivery that takes long is
/// not handed to anybody else while this process lives. What had not begun when a connection ended
/// is dropped: the broker delivers it again. Thread-safe.
public final class Subscriber {

  private static final Logger log = LoggerFactory.getLogger(Subscriber.class);
  private static final Redelivery RECONNECTION =
      new Redelivery(Integer.MAX_VALUE, Duration.ofMillis(50), Duration.ofSeconds(1));
  private static final Duration LASTING = Duration.ofSeconds(5);
  private static final int EXTENSIONS = 3;

  private final Means means;
  private final TopicSubscription subscription;
  private final HeldDeliveries held;
  private final Workers workers;
  private final int window;
  private final AtomicBoolean renewing = new AtomicBoolean();

  @GuardedBy("this")
  private @Nullable Session session;

  @GuardedBy("this")
  private int losses;

  @GuardedBy("this")
  private boolean stopped;

  /// Creates one, which does nothing before it is started.
  ///
  /// @param method the method
  /// @param id names this subscriber within its group
  /// @param means what it works with
  public Subscriber(SubscriberMethod method, String id, Means means) {
    this.means = means;
    var settings = means.settings();
    this.subscription =
        new TopicSubscription(
            method.topic(),
            method.group().name(),
            id,
            method.group().lasting(),
            settings.ackTimeout(),
            settings.redelivery().maxAttempts());
    this.held = new HeldDeliveries(means.topics(), subscription);
    this.workers = new Workers(method.concurrency(), new DeliveryRun(method, means, held), held);
    this.window = Math.max(settings.window(), method.concurrency());
  }

  /// What a process's subscribers work with.
  ///
  /// @param topics gets the topics or a stand-in for them
  /// @param format of the events
  /// @param settings limits
  /// @param observations observes each delivery
  /// @param scheduler tells when it is time to extend and to come back
  public record Means(
      Supplier<Topics> topics,
      EventFormat format,
      TopicSettings settings,
      TopicObservations observations,
      SerialScheduler scheduler) {}

  /// Subscribes. Where the broker is in this process, its group exists when this returns; where it
  /// is not, this does not wait for it.
  public void start() {
    workers.start(subscription.topic());
    means.scheduler().repeat(subscription.ackTimeout().dividedBy(EXTENSIONS), this::renewOnce);
    connect();
  }

  private void renewOnce() {
    if (renewing.compareAndSet(false, true)) {
      Thread.startVirtualThread(() -> {
        try {
          held.renew();
        } finally {
          renewing.set(false);
        }
      });
    }
  }

  private void connect() {
    var opened = new Session(means.scheduler().nanoTime());
    synchronized (this) {
      if (stopped) {
        return;
      }
      session = opened;
    }
    try {
      means.topics().get().subscribe(subscription).subscribe(opened);
      // what runs since an earlier session
      held.renew();
    } catch (RuntimeException e) {
      lost(opened, e.toString());
    }
  }

  private void lost(Session lost, String reason) {
    Duration pause;
    synchronized (this) {
      if (stopped || lost != session) {
        return;
      }
      session = null;
      boolean longLived = means.scheduler().nanoTime() - lost.openedAt >= LASTING.toNanos();
      losses = lost.delivered || longLived ? 1 : losses + 1;
      pause = RECONNECTION.drawn(losses);
      if (losses == 1) {
        log.warn(
            "topic={} group={} state=disconnected reason={}",
            subscription.topic(),
            subscription.group(),
            reason);
      }
    }
    means.scheduler().schedule(pause, () -> Thread.startVirtualThread(this::connect));
  }

  /// Takes no more deliveries, lets those that run end, and leaves the group.
  ///
  /// @param limit those that still run after it are interrupted
  public void stop(Duration limit) {
    Session last;
    synchronized (this) {
      stopped = true;
      last = session;
      session = null;
    }
    workers.stop(limit);
    if (last != null) {
      last.cancel();
    }
  }

  /// One subscription, from its opening to its loss.
  final class Session implements Flow.Subscriber<TopicDelivery> {

    private final long openedAt;
    private volatile boolean over;
    private volatile boolean delivered;
    private volatile Flow.@Nullable Subscription stream;

    Session(long openedAt) {
      this.openedAt = openedAt;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
      stream = to;
      // whoever stops meanwhile may have found nothing to cancel yet
      if (over) {
        to.cancel();
      } else {
        to.request(window);
      }
    }

    @Override
    public void onNext(TopicDelivery delivery) {
      delivered = true;
      held.add(delivery.token());
      workers.add(new Workers.Arrival(this, delivery));
    }

    @Override
    public void onError(Throwable failure) {
      over = true;
      lost(this, failure.toString());
    }

    @Override
    public void onComplete() {
      over = true;
      lost(this, "the broker ended the subscription");
    }

    /// Whether what it brought is delivered again by the broker.
    boolean over() {
      return over;
    }

    /// One delivery is done with.
    void more() {
      var to = stream;
      if (to != null && !over) {
        to.request(1);
      }
    }

    private void cancel() {
      over = true;
      var to = stream;
      if (to != null) {
        to.cancel();
      }
    }
  }
}
