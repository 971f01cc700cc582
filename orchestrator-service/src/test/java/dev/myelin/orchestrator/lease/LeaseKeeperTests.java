package dev.myelin.orchestrator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.lease.LeaseKeeper.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LeaseKeeperTests {

  private static final class ScriptedLease implements LeaderLease {
    private final AtomicInteger renewals = new AtomicInteger();
    private volatile boolean free = true;
    private volatile boolean broken;
    private volatile OptionalLong epoch = OptionalLong.empty();

    @Override
    public boolean acquire() {
      if (broken) {
        throw new UncheckedIOException("Cannot lock", new IOException("no space"));
      }
      epoch = free ? OptionalLong.of(1) : OptionalLong.empty();
      return free;
    }

    @Override
    public boolean renew() {
      renewals.incrementAndGet();
      epoch = free ? epoch : OptionalLong.empty();
      return free;
    }

    @Override
    public OptionalLong epoch() {
      return epoch;
    }

    @Override
    public Optional<String> holder() {
      return Optional.empty();
    }

    @Override
    public void release() {
      epoch = OptionalLong.empty();
    }
  }

  private final ScriptedLease lease = new ScriptedLease();
  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final LeaseKeeper keeper =
      new LeaseKeeper(
          lease,
          new Pace(Duration.ofHours(1), Duration.ofHours(1)),
          changes::incrementAndGet,
          refusals::incrementAndGet);

  @Test
  void stepAcquiresThenRenews() {
    keeper.step();
    assertThat(lease.epoch()).hasValue(1);
    assertThat(changes).hasValue(1);

    keeper.step();
    keeper.step();
    assertThat(lease.renewals).hasValue(2);
    assertThat(changes).hasValue(1);
  }

  @Test
  void lossIsToldOnceAndFollowedByAttempts() {
    keeper.step();
    lease.free = false;

    keeper.step();
    keeper.step();
    assertThat(changes).hasValue(2);
    assertThat(refusals).hasValue(2);

    lease.free = true;
    keeper.step();
    assertThat(changes).hasValue(3);
    assertThat(refusals).hasValue(2);
    assertThat(lease.epoch()).isPresent();
  }

  @Test
  void leaseThatCannotBeStoredIsTriedOn() {
    lease.broken = true;
    keeper.step();
    keeper.step();
    assertThat(changes).hasValue(0);

    lease.broken = false;
    keeper.step();
    assertThat(lease.epoch()).isPresent();
  }

  @Test
  void startedKeeperWorksOnItsOwnThreadAndReleasesAtItsEnd() throws Exception {
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    var started =
        new LeaseKeeper(
            lease,
            new Pace(Duration.ofMillis(5), Duration.ofHours(1)),
            () -> threads.add(Thread.currentThread()),
            refusals::incrementAndGet);
    started.start();

    var thread = threads.poll(10, TimeUnit.SECONDS);
    assertThat(thread).isNotNull();
    assertThat(thread.isVirtual()).isFalse();
    while (lease.renewals.get() < 3) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    started.close();

    assertThat(thread.isAlive()).isFalse();
    assertThat(lease.epoch()).isEmpty();
  }
}
