package dev.myelin.topic;

import dev.myelin.wire.TopicDelivery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The virtual threads on which a method runs, as many as it takes events at a time. With one, the
/// events are handled in the order in which they came. Thread-safe.
final class Workers {

  private static final Logger log = LoggerFactory.getLogger(Workers.class);

  private final int count;
  private final DeliveryRun run;
  private final HeldDeliveries held;
  private final LinkedBlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

  Workers(int count, DeliveryRun run, HeldDeliveries held) {
    this.count = count;
    this.run = run;
    this.held = held;
  }

  sealed interface Task {}

  /// A delivery and the session that brought it.
  record Arrival(Subscriber.Session session, TopicDelivery delivery) implements Task {}

  record End() implements Task {}

  void start(String topic) {
    IntStream.range(0, count)
        .mapToObj(_ -> Thread.ofVirtual().name("myelin-topic-" + topic).start(this::work))
        .forEach(threads::add);
  }

  void add(Arrival arrival) {
    tasks.add(arrival);
  }

  private void work() {
    try {
      while (tasks.take() instanceof Arrival(var session, var delivery)) {
        if (stopping || session.over()) {
          held.drop(delivery.token());
        } else {
          handle(delivery);
          session.more();
        }
      }
    } catch (InterruptedException _) {
      log.debug("A worker was interrupted while it had nothing to do");
    }
  }

  private void handle(TopicDelivery delivery) {
    try {
      run.handle(delivery);
    } catch (RuntimeException e) {
      held.drop(delivery.token());
      log.error("A delivery of topic '{}' was left to lapse", delivery.message().topic(), e);
    }
  }

  /// Begins nothing more, and waits for what runs.
  ///
  /// @param limit what still runs then is interrupted
  void stop(Duration limit) {
    stopping = true;
    threads.forEach(_ -> tasks.add(new End()));
    long end = System.nanoTime() + limit.toNanos();
    try {
      for (var thread : threads) {
        if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
          log.warn("A delivery that still runs after {} is interrupted", limit);
          thread.interrupt();
        }
      }
    } catch (InterruptedException _) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
  }
}
