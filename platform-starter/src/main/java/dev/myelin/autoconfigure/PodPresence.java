package dev.myelin.autoconfigure;

import dev.myelin.membership.InstanceAgent;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// In a cluster of pods, core processes are found by the name of their Service, and what ends pods
/// when their cluster goes is Kubernetes.
final class PodPresence implements Presence {

  // What pubsubs know is lost where all of them end at once
  private static final Duration RENEWAL = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  // Proxies learn of an address that is gone from the same object as the name server, and write
  // their rules at most once a second
  private static final Duration PROXIES = Duration.ofSeconds(2);

  private final Predicate<InstanceId> listed;
  private final LongSupplier nanoTicker;
  private final CountDownLatch never = new CountDownLatch(1);

  /// Creates it.
  ///
  /// @param listed whether the Service's name leads to a core process
  /// @param nanoTicker interval clock
  PodPresence(Predicate<InstanceId> listed, LongSupplier nanoTicker) {
    this.listed = listed;
    this.nanoTicker = nanoTicker;
  }

  @Override
  public List<InstanceId> enter(Instance self, Consumer<String> orphaned) {
    return List.of();
  }

  @Override
  public void keepKnown(InstanceAgent agent) {
    agent.renew(RENEWAL);
  }

  @Override
  public void awaitUnlisted(InstanceId self, Duration limit) throws InterruptedException {
    long until = nanoTicker.getAsLong() + limit.toNanos();
    while (listed.test(self) && nanoTicker.getAsLong() - until < 0) {
      pause(LOOK_AGAIN);
    }
    long left = Math.max(0, until - nanoTicker.getAsLong());
    pause(PROXIES.toNanos() < left ? PROXIES : Duration.ofNanos(left));
  }

  private void pause(Duration duration) throws InterruptedException {
    var _ = never.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void stopping() {}

  @Override
  public void leave() {}
}
