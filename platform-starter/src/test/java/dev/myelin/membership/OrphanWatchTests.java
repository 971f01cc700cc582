package dev.myelin.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
final class OrphanWatchTests {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final VirtualScheduler scheduler = new VirtualScheduler();
  private @Nullable ClusterLease lease = new ClusterLease("core-1", 1, 1);
  private int stops;
  private final OrphanWatch watch =
      new OrphanWatch(() -> Optional.ofNullable(lease), TIMEOUT, scheduler, () -> stops++);

  private void renewFor(Duration time) {
    for (int second = 0; second < time.toSeconds(); second++) {
      lease = new ClusterLease("core-1", 1, lease == null ? 1 : lease.renewal() + 1);
      scheduler.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void renewedLeaseKeepsTheProcess() {
    watch.start();

    renewFor(Duration.ofMinutes(5));

    assertThat(stops).isZero();
  }

  @Test
  void leaseNobodyRenewsStopsTheProcessOnce() {
    watch.start();
    renewFor(Duration.ofSeconds(30));

    scheduler.advance(TIMEOUT.minusSeconds(2));
    assertThat(stops).isZero();
    scheduler.advance(Duration.ofSeconds(3));
    assertThat(stops).isOne();
    scheduler.advance(Duration.ofMinutes(2));
    assertThat(stops).isOne();
  }

  @Test
  void leaseMissingAtTheStartCountsFromTheStart() {
    lease = null;
    watch.start();

    scheduler.advance(TIMEOUT.minusSeconds(2));
    assertThat(stops).isZero();
    scheduler.advance(Duration.ofSeconds(3));
    assertThat(stops).isOne();
  }

  @Test
  void leaseThatDisappearsIsNotRenewed() {
    watch.start();
    renewFor(Duration.ofSeconds(5));
    lease = null;

    scheduler.advance(TIMEOUT.plusSeconds(1));

    assertThat(stops).isOne();
  }

  @Test
  void anotherHolderIsARenewal() {
    watch.start();
    scheduler.advance(TIMEOUT.minusSeconds(2));

    lease = new ClusterLease("core-2", 2, 1);
    scheduler.advance(TIMEOUT.minusSeconds(2));

    assertThat(stops).isZero();
  }

  @Test
  void warnsAtHalfTimeAndSaysWhenItIsRenewed(CapturedOutput output) {
    watch.start();
    scheduler.advance(TIMEOUT.dividedBy(2).minusSeconds(1));
    assertThat(output).doesNotContain("WARN");

    scheduler.advance(Duration.ofSeconds(3));
    assertThat(output).containsOnlyOnce("Nobody has renewed the cluster's lease for");

    lease = new ClusterLease("core-2", 2, 1);
    scheduler.advance(Duration.ofSeconds(2));
    assertThat(output).containsOnlyOnce("lease is renewed: holder=core-2 epoch=2");
  }

  @Test
  void ownPauseGivesAFreshTimeout() {
    watch.start();
    renewFor(Duration.ofSeconds(5));

    scheduler.pause(Duration.ofMinutes(2));
    assertThat(stops).isZero();
    scheduler.advance(TIMEOUT.minusSeconds(2));
    assertThat(stops).isZero();
    scheduler.advance(Duration.ofSeconds(3));
    assertThat(stops).isOne();
  }

  @Test
  void leaseThatCannotBeReadIsNotRenewed() {
    var unreadable =
        new OrphanWatch(
            () -> {
              throw new UncheckedIOException(new NoSuchFileException("lease.json"));
            },
            TIMEOUT,
            scheduler,
            () -> stops++);

    unreadable.start();
    scheduler.advance(TIMEOUT.plusSeconds(1));

    assertThat(stops).isOne();
  }

  @Test
  void timeoutMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OrphanWatch(Optional::empty, Duration.ZERO, scheduler, () -> {}))
        .withMessage("Orphan timeout is PT0S but must be more than 0");
  }

  @Test
  void readsTheLeaseOfAFolder(@TempDir Path root) throws Exception {
    var folder = new ClusterFolder(root);
    folder.write(folder.lease(), new ClusterLease("core-1", 1, 1));
    var stopped = new CountDownLatch(1);

    try (var watching = new OrphanWatch(folder, Duration.ofMillis(200), stopped::countDown)) {
      watching.start();

      assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closedWatchStopsNothing() {
    watch.start();
    scheduler.runDue();

    watch.close();
    scheduler.advance(TIMEOUT.multipliedBy(2));

    assertThat(stops).isZero();
  }
}
