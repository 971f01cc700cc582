package dev.myelin.stream;

import java.io.IOException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes what is pulled, once, on the threads that ask for it; closes the source after its end
/// and when the subscription is cancelled.
///
/// A thread that asks while another one delivers leaves the work to that one. A cancel interrupts
/// the thread that delivers, which may be waiting for an item, and leaves the closing to it: a
/// source is never closed under the hands of who reads it.
///
/// @param source where items come from
record PulledPublisher(Pull source) implements Flow.Publisher<Object> {

  private static final Logger LOG = LoggerFactory.getLogger(PulledPublisher.class);

  @Override
  public void subscribe(Flow.Subscriber<? super Object> subscriber) {
    subscriber.onSubscribe(new Pulling(source, subscriber));
  }

  private static final class Pulling implements Flow.Subscription {

    private final Pull source;
    private final Flow.Subscriber<? super Object> subscriber;
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean cancelled;
    private volatile @Nullable Thread delivering;

    Pulling(Pull source, Flow.Subscriber<? super Object> subscriber) {
      this.source = source;
      this.subscriber = subscriber;
    }

    @Override
    public void request(long items) {
      wanted.accumulateAndGet(items, Pulling::sum);
      deliver();
    }

    private static long sum(long one, long other) {
      return one + other < 0 ? Long.MAX_VALUE : one + other;
    }

    @Override
    public void cancel() {
      cancelled = true;
      var thread = delivering;
      if (thread != null) {
        thread.interrupt();
      }
      deliver();
    }

    private void deliver() {
      if (waiting.getAndIncrement() > 0) {
        return;
      }
      delivering = Thread.currentThread();
      int done = 1;
      try {
        do {
          while (!closed.get() && !cancelled && wanted.get() > 0) {
            next();
          }
          if (cancelled) {
            close();
          }
          done = waiting.addAndGet(-done);
        } while (done > 0);
      } finally {
        delivering = null;
      }
    }

    private void next() {
      Object item;
      try {
        item = source.next();
      } catch (Throwable e) {
        close();
        // of a source that was given up, nobody wants to hear more
        if (!cancelled) {
          subscriber.onError(e);
        }
        return;
      }
      if (Pull.ended(item)) {
        close();
        subscriber.onComplete();
      } else {
        wanted.decrementAndGet();
        subscriber.onNext(item);
      }
    }

    private void close() {
      if (!closed.compareAndSet(false, true)) {
        return;
      }
      try {
        source.close();
      } catch (IOException | RuntimeException e) {
        LOG.warn("the source of a stream could not be closed", e);
      }
    }
  }
}
