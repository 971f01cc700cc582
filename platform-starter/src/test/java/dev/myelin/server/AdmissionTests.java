package dev.myelin.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Deadline;
import dev.myelin.server.Admission.Entry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is let in, on a clock that stands until it is moved, and what that makes of an overload
/// (goal F7).
class AdmissionTests {

  private static final Duration LONG = Duration.ofMinutes(10);

  private long now = 1;

  private Admission admission(int concurrency, int queue) {
    return new Admission(
        concurrency, new AdmissionSettings(queue, Duration.ofSeconds(30), false), () -> now);
  }

  private static Overload overload(int concurrency, boolean adaptive) {
    return new Overload(
        8,
        concurrency,
        Duration.ofMillis(10),
        Duration.ofMillis(200),
        new AdmissionSettings(0, Duration.ofSeconds(30), adaptive));
  }

  @Test
  void queueIsAsLongAsTheConcurrencyAndAtLeast128() {
    for (int concurrency : new int[] {1, 128, 1024}) {
      var admission = admission(concurrency, 0);
      int let = 0;
      while (admission.enter(LONG) == Entry.ADMITTED) {
        let++;
      }

      assertThat(let).isEqualTo(concurrency + Math.max(128, concurrency));
      assertThat(admission.enter(LONG)).isEqualTo(Entry.FULL);
      assertThat(admission.inFlight()).isEqualTo(let);
      admission.leave();
      assertThat(admission.enter(LONG)).isEqualTo(Entry.ADMITTED);
    }
  }

  @Test
  void openStreamsKeepNoCallWaiting() throws Exception {
    var admission = admission(4, 8);
    for (int i = 0; i < 12; i++) {
      assertThat(admission.enterStream()).isEqualTo(Entry.ADMITTED);
    }

    // one call a second, each alone: a pace at which a queue would be hopeless, but there is none
    for (int i = 0; i < 100; i++) {
      assertThat(admission.enter(Duration.ofSeconds(1))).isEqualTo(Entry.ADMITTED);
      assertThat(admission.acquire(Deadline.after(LONG))).isTrue();
      now += Duration.ofSeconds(1).toNanos();
      admission.release(0);
      admission.leave();
    }
    assertThat(admission.inFlight()).isEqualTo(12);
  }

  @Test
  void streamsAreAsManyAsCallsMayRunAndWait() {
    var admission = admission(4, 8);
    for (int i = 0; i < 12; i++) {
      admission.enterStream();
    }

    assertThat(admission.enterStream()).isEqualTo(Entry.FULL);
    assertThat(admission.shed()).isEqualTo(1);
    admission.leaveStream();
    assertThat(admission.enterStream()).isEqualTo(Entry.ADMITTED);
  }

  @Test
  void callThatCouldNotBeAnsweredInTimeIsRefusedWhileOneWithMoreTimeWaits() throws Exception {
    var admission = admission(1, 100);
    for (int i = 0; i < 50; i++) {
      admission.enter(LONG);
    }
    // one leaves every 10 ms, and another comes
    for (int i = 0; i < 100; i++) {
      assertThat(admission.acquire(Deadline.after(LONG))).isTrue();
      now += Duration.ofMillis(10).toNanos();
      admission.release(1);
      admission.leave();
      admission.enter(LONG);
    }

    assertThat(admission.enter(Duration.ofMillis(900))).isEqualTo(Entry.TOO_LATE);
    assertThat(admission.enter(Duration.ofMillis(1_100))).isEqualTo(Entry.ADMITTED);
    assertThat(admission.shed()).isEqualTo(1);
  }

  @Test
  void callWithoutAQueueBeforeItIsLetInHoweverLittleTimeItHas() {
    assertThat(admission(1, 100).enter(Duration.ofNanos(1))).isEqualTo(Entry.ADMITTED);
  }

  @Test
  void slowPaceIsForgottenWhenNobodyWaits() throws Exception {
    var admission = admission(1, 100);
    admission.enter(LONG);
    admission.enter(LONG);
    admission.enter(LONG);
    for (int i = 0; i < 2; i++) {
      assertThat(admission.acquire(Deadline.after(LONG))).isTrue();
      now += Duration.ofSeconds(20).toNanos();
      admission.release(1);
    }
    assertThat(admission.enter(Duration.ofSeconds(1))).isEqualTo(Entry.TOO_LATE);

    admission.leave();
    admission.leave();
    for (int i = 0; i < 200; i++) {
      assertThat(admission.acquire(Deadline.after(LONG))).isTrue();
      admission.release(1);
    }

    assertThat(admission.enter(Duration.ofSeconds(1))).isEqualTo(Entry.ADMITTED);
  }

  @Test
  void waitEndsWhenItIsTheLongest() throws Exception {
    var admission =
        new Admission(1, new AdmissionSettings(0, Duration.ZERO, false), System::nanoTime);

    assertThat(admission.acquire(Deadline.after(LONG))).isTrue();
    assertThat(admission.acquire(Deadline.after(LONG))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.48", "0.9, 0.85", "2, 0.90", "5, 0.80"})
  void goodputUnderOverload(double load, double least) {
    var report = overload(8, false).run(load, Duration.ofMinutes(2));

    assertThat(report.goodput()).isGreaterThanOrEqualTo(least);
    assertThat(report.wasted()).isLessThan(0.02);
  }

  @ParameterizedTest
  @CsvSource({"2, 0.90", "5, 0.80"})
  void goodputUnderOverloadWhenTheLimitAdapts(double load, double least) {
    var fixed = overload(1024, false).run(load, Duration.ofMinutes(2));
    var adaptive = overload(1024, true).run(load, Duration.ofMinutes(2));

    assertThat(adaptive.goodput()).isGreaterThanOrEqualTo(least);
    // what is let in beyond what the cores can do is begun in vain
    assertThat(fixed.wasted()).isGreaterThan(0.4);
    assertThat(adaptive.wasted()).isLessThan(0.02);
    assertThat(adaptive.limit()).isBetween(8, 40);
  }

  @Test
  void adaptiveLimitGrowsWhereMoreCallsSideBySideAreNoSlower() {
    var waiting =
        new Overload(
            1_000,
            200,
            Duration.ofMillis(10),
            Duration.ofMillis(500),
            new AdmissionSettings(0, Duration.ofSeconds(30), true));

    assertThat(waiting.run(0.15, Duration.ofMinutes(2)).limit()).isGreaterThan(150);
  }
}
