package dev.myelin.membership;

import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps this process registered at pubsub, by calls on a scheduler of its own. Thread-safe.
final class Registration implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Registration.class);

  private final Instance instance;
  private final Supplier<PubSub> pubsub;
  private final SerialScheduler scheduler;
  private final Backoff backoff;
  private volatile boolean leaving;
  private volatile boolean registered;
  // Like the backoff, these belong to the scheduler's tasks.
  private SerialScheduler.Cancellation retry = () -> {};
  private boolean failing;
  private final Queue<InstanceId> ended = new ArrayDeque<>();

  Registration(
      Instance instance,
      Supplier<PubSub> pubsub,
      SerialScheduler scheduler,
      RandomGenerator random) {
    this.instance = instance;
    this.pubsub = pubsub;
    this.scheduler = scheduler;
    this.backoff = new Backoff(random);
  }

  /// Registers soon, and tries until it succeeds or the process leaves.
  void register() {
    scheduler.execute(this::attempt);
  }

  /// Whether pubsub has known this process at least once.
  boolean registered() {
    return registered;
  }

  /// Deregisters processes that ended without having left, once this one is registered.
  void forget(Collection<InstanceId> processes) {
    scheduler.execute(() -> ended.addAll(processes));
  }

  private void attempt() {
    retry.cancel();
    if (leaving) {
      return;
    }
    try {
      long version = pubsub.get().register(instance);
      log.info(
          "Instance registered: id={} endpoint={} version={}",
          instance.id(),
          instance.endpoint(),
          version);
      registered = true;
      deregisterEnded();
      failing = false;
      backoff.reset();
    } catch (RuntimeException e) {
      if (!failing) {
        log.warn("Instance '{}' is not registered yet: {}", instance.id(), e.toString());
      }
      failing = true;
      retry = scheduler.schedule(backoff.next(), this::attempt);
    }
  }

  private void deregisterEnded() {
    for (var id = ended.peek(); id != null; id = ended.peek()) {
      var _ = pubsub.get().deregister(id, "its process has ended");
      ended.remove();
      log.info("Ended process deregistered: id={}", id);
    }
  }

  /// Deregisters and waits for it, but not longer than the limit; a failure is logged once.
  void leave(Duration limit) {
    if (leaving) {
      return;
    }
    leaving = true;
    var left = new CompletableFuture<Long>();
    scheduler.execute(() ->
        left.completeAsync(() -> pubsub.get().deregister(instance.id(), "left"), Runnable::run));
    try {
      left.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      log.info("Instance deregistered: id={}", instance.id());
    } catch (TimeoutException _) {
      log.warn("Instance '{}' is not deregistered: no answer within {}", instance.id(), limit);
    } catch (ExecutionException | CompletionException e) {
      log.warn(
          "Instance '{}' is not deregistered: {}", instance.id(), String.valueOf(e.getCause()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      log.warn("Instance '{}' is not deregistered: interrupted", instance.id());
    }
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
