package dev.myelin.orchestrator.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DecisionLogTests {

  @Test
  void newestRecordsAreKept() {
    var log = new DecisionLog(3);
    for (int i = 0; i < 5; i++) {
      log.add(new ScalingRecord(Instant.EPOCH, "price-list", i, i + 1, "congestion"));
    }

    assertThat(log.records()).extracting(ScalingRecord::from).containsExactly(2, 3, 4);
  }
}
