package dev.myelin.orchestrator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Reading.Health;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallLedgerTests {

  private final CallLedger ledger = new CallLedger();

  private void note(String id, long made, long retried, long failed) {
    var instance = new InstanceId(id);
    var heartbeat = new Heartbeat(instance, 1, List.of(), new CallTotals(made, retried, failed));
    ledger.note(List.of(new Reading(instance, Health.HEALTHY, Duration.ZERO, heartbeat)));
  }

  @Test
  void sumIsOfTheLastKnownFigures() {
    note("front-1", 10, 1, 0);
    note("front-1", 20, 2, 1);
    note("shop-1", 5, 0, 0);

    assertThat(ledger.totals()).isEqualTo(new CallTotals(25, 2, 1));
  }

  @Test
  void sumNeverGoesBack() {
    note("front-1", 20, 2, 1);
    note("front-1", 19, 3, 0);
    assertThat(ledger.totals()).isEqualTo(new CallTotals(20, 3, 1));

    ledger.close(new InstanceId("front-1"));
    assertThat(ledger.totals()).isEqualTo(new CallTotals(20, 3, 1));
  }

  @Test
  void lateReadingOfAnEndedProcessIsNotCountedAgain() {
    note("front-1", 20, 0, 0);
    ledger.close(new InstanceId("front-1"));
    ledger.close(new InstanceId("front-1"));

    note("front-1", 21, 0, 0);

    assertThat(ledger.totals()).isEqualTo(new CallTotals(20, 0, 0));
  }

  @Test
  void readingWithoutAHeartbeatCountsNothing() {
    ledger.note(
        List.of(
            new Reading(new InstanceId("a-1"), Health.QUARANTINED, Duration.ofSeconds(5), null)));

    assertThat(ledger.totals()).isEqualTo(CallTotals.NONE);
  }
}
