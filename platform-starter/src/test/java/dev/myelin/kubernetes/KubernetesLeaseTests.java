package dev.myelin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.kubernetes.KubernetesLease.Terms;
import dev.myelin.membership.VirtualScheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KubernetesLeaseTests {

  private static final Duration DURATION = Duration.ofSeconds(6);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  // seconds from 2020 to 2026
  private static final long FIRST = 189_388_800;

  private final MemoryLeaseApi api = new MemoryLeaseApi();

  /// A process with a clock of its own that can stand still while the others' go on.
  private final class Contender {

    final VirtualScheduler time = new VirtualScheduler();
    final MemoryLeaseApi.Client client = api.client();
    final KubernetesLease lease;

    Contender(String name) {
      lease = new KubernetesLease(client, new Terms("lease", name, DURATION), time, CLOCK);
    }

    Contender wanting() {
      lease.want();
      time.runDue();
      return this;
    }

    boolean holds() {
      return lease.epoch().isPresent();
    }
  }

  private static void pass(Duration duration, Contender... processes) {
    var step = Duration.ofMillis(100);
    for (var passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(step)) {
      for (var process : processes) {
        process.time.advance(step);
      }
    }
  }

  @Test
  void leaseWhenNobodyHasItIsTakenAtOnce() {
    var one = new Contender("one").wanting();

    assertThat(one.lease.epoch()).hasValue(FIRST);
    assertThat(one.lease.holder()).contains("one");
    assertThat(one.lease.lineage()).contains("uid-1");
  }

  @Test
  void leaseWhenNotWantedIsOnlyLookedAt() {
    var watcher = new Contender("watcher");
    var one = new Contender("one").wanting();

    pass(DURATION.multipliedBy(3), watcher, one);

    assertThat(watcher.holds()).isFalse();
    assertThat(watcher.lease.holder()).contains("one");
    assertThat(watcher.lease.newestEpoch()).isEqualTo(FIRST);
  }

  @Test
  void leaseWhenRenewedStaysWithFewWrites() {
    var one = new Contender("one").wanting();
    var two = new Contender("two").wanting();

    pass(Duration.ofMinutes(1), one, two);

    assertThat(one.lease.epoch()).hasValue(FIRST);
    assertThat(two.holds()).isFalse();
    // two such leases: less than one write a second, together
    assertThat(api.writes()).isBetween(20L, 27L);
  }

  @Test
  void leaseWhenGivenBackIsTakenByTheNextLook() {
    var one = new Contender("one").wanting();
    var two = new Contender("two").wanting();

    one.lease.close();
    pass(Duration.ofMillis(600), two);

    assertThat(one.holds()).isFalse();
    assertThat(two.lease.epoch()).hasValue(FIRST + 1);
    assertThat(two.lease.lineage()).contains("uid-1");
  }

  @Test
  void leaseWhenItsHolderDiedIsTakenWhenItHasLapsed() {
    var one = new Contender("one").wanting();
    var two = new Contender("two").wanting();
    pass(Duration.ofSeconds(10), one, two);

    pass(DURATION.minus(Duration.ofMillis(700)), two);
    assertThat(two.holds()).isFalse();
    pass(Duration.ofMillis(1_200), two);
    assertThat(two.lease.epoch()).hasValue(FIRST + 1);
  }

  @Test
  void leaseWhenTheApiIsAwayIsNotHeldAnyMoreBeforeAnotherCanHaveIt() {
    var one = new Contender("one").wanting();
    var two = new Contender("two").wanting();
    pass(Duration.ofSeconds(10), one, two);

    one.client.be(MemoryLeaseApi.Line.DOWN);
    while (!two.holds()) {
      pass(Duration.ofMillis(100), one, two);
      assertThat(one.holds() && two.holds()).isFalse();
    }
    assertThat(one.holds()).isFalse();

    one.client.be(MemoryLeaseApi.Line.UP);
    pass(Duration.ofSeconds(20), one, two);
    assertThat(one.holds()).isFalse();
    assertThat(one.lease.holder()).contains("two");
  }

  @Test
  void leaseWhenTheApiWasAwayForAllComesBackWithALaterEpoch() {
    var one = new Contender("one").wanting();

    one.client.be(MemoryLeaseApi.Line.DOWN);
    pass(Duration.ofMinutes(1), one);
    assertThat(one.holds()).isFalse();

    one.client.be(MemoryLeaseApi.Line.UP);
    pass(Duration.ofSeconds(1), one);
    assertThat(one.lease.epoch()).hasValue(FIRST + 1);
  }

  @Test
  void leaseWhenAnswersGetLostIsNotCountedAsRenewed() {
    var one = new Contender("one").wanting();

    one.client.be(MemoryLeaseApi.Line.ANSWERLESS);
    pass(DURATION, one);

    assertThat(one.holds()).isFalse();
  }

  @Test
  void leaseWhenItsHolderWasStoppedIsNotHeldWhenItGoesOn() {
    var one = new Contender("one").wanting();
    var two = new Contender("two").wanting();

    pass(Duration.ofSeconds(8), two);
    assertThat(two.holds()).isTrue();

    // before any of its tasks runs
    one.time.schedule(Duration.ZERO, () -> {});
    assertThat(one.holds()).isTrue(); // its clock has stood still: nothing of it runs either
    one.time.pause(Duration.ofSeconds(8));
    assertThat(one.holds()).isFalse();
    assertThat(two.holds()).isTrue();
  }

  @Test
  void leaseWhenLabelledStaysHeld() {
    var one = new Contender("one").wanting();

    api.touch();
    pass(DURATION, one);

    assertThat(one.lease.epoch()).hasValue(FIRST);
  }

  @Test
  void leaseWhenDeletedIsLostAndBeginsAnew() {
    var one = new Contender("one").wanting();

    api.delete();
    pass(Duration.ofSeconds(4), one);

    assertThat(one.lease.lineage()).contains("uid-2");
    assertThat(one.holds()).isTrue();
  }

  @Test
  void leaseWhenAProcessStartsAgainUnderItsNameIsItsAtOnce() {
    new Contender("one").wanting();

    var again = new Contender("one").wanting();

    assertThat(again.lease.epoch()).hasValue(FIRST + 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1_000, 2_500, -6_000})
  void termsWhenNotWholeSecondsAreRefused(long millis) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Terms("lease", "one", Duration.ofMillis(millis)));
  }

  @Test
  void leaseWhenAllGoesWrongAtRandomNeverHasTwoHoldersNorAnEpochTwice() {
    int handovers = 0;
    for (long seed = 1; seed <= 200; seed++) {
      handovers += chaos(new Random(seed));
    }
    assertThat(handovers).isGreaterThan(1_000);
  }

  private int chaos(Random random) {
    api.delete();
    var processes = new ArrayList<Contender>();
    for (var name : List.of("one", "two", "three")) {
      processes.add(new Contender(name).wanting());
    }
    var stoppedFor = new int[processes.size()];
    var epochs = new HashSet<String>();
    String last = "";
    for (int step = 0; step < 1_500; step++) {
      int victim = random.nextInt(processes.size());
      if (random.nextInt(20) == 0) {
        var lines = MemoryLeaseApi.Line.values();
        processes.get(victim).client.be(lines[random.nextInt(lines.length)]);
      }
      if (random.nextInt(60) == 0) {
        stoppedFor[victim] = random.nextInt(120);
      }
      var holders = new ArrayList<String>();
      for (int i = 0; i < processes.size(); i++) {
        var process = processes.get(i);
        var tick = Duration.ofMillis(100);
        if (stoppedFor[i] > 0 && --stoppedFor[i] > 0) {
          // time goes on for it, but nothing runs: neither its tasks nor what it would do as holder
          process.time.pauseOnly(tick);
        } else {
          process.time.advance(tick);
          process
              .lease
              .epoch()
              .ifPresent(epoch -> holders.add(process.lease.lineage().orElseThrow() + "/" + epoch));
        }
      }
      assertThat(holders).hasSizeLessThanOrEqualTo(1);
      if (!holders.isEmpty() && !holders.getFirst().equals(last)) {
        last = holders.getFirst();
        assertThat(epochs.add(last)).as("epoch %s is new", last).isTrue();
      }
    }
    return epochs.size();
  }
}
