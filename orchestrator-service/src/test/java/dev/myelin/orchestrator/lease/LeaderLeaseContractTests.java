package dev.myelin.orchestrator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What whoever acts relies on, whatever holds the lease.
abstract class LeaderLeaseContractTests {

  /// The lease as a process sees it; always the same for the same process.
  abstract LeaderLease of(String process);

  /// Lets time pass.
  void pass() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(20);
  }

  private long acquire(LeaderLease lease) throws InterruptedException {
    for (int i = 0; i < 1_000 && !lease.acquire(); i++) {
      pass();
    }
    return lease.epoch().orElseThrow();
  }

  private boolean everAcquires(LeaderLease lease) throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      if (lease.acquire()) {
        return true;
      }
      pass();
    }
    return false;
  }

  @Test
  void leaseWhenFreeIsAcquiredAndRenewed() throws InterruptedException {
    var one = of("one");
    assertThat(one.epoch()).isEmpty();
    assertThat(one.renew()).isFalse();

    long epoch = acquire(one);

    assertThat(epoch).isPositive();
    assertThat(one.renew()).isTrue();
    assertThat(one.acquire()).isTrue();
    assertThat(one.epoch()).hasValue(epoch);
    assertThat(one.holder()).contains("one");
  }

  @Test
  void leaseWhenHeldIsNobodyElses() throws InterruptedException {
    acquire(of("one"));

    assertThat(everAcquires(of("two"))).isFalse();

    assertThat(of("two").epoch()).isEmpty();
    assertThat(of("two").holder()).contains("one");
  }

  @Test
  void leaseWhenReleasedIsTheNextOnesWithALaterEpoch() throws InterruptedException {
    long first = acquire(of("one"));

    of("one").release();

    assertThat(of("one").epoch()).isEmpty();
    assertThat(of("one").renew()).isFalse();
    assertThat(acquire(of("two"))).isGreaterThan(first);
    assertThat(everAcquires(of("one"))).isFalse();
    of("two").release();
    assertThat(acquire(of("one"))).isGreaterThan(first + 1);
  }
}
