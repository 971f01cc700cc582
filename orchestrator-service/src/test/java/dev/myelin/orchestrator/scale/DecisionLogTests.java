package dev.myelin.orchestrator.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.state.FolderDecisions;
import dev.myelin.wire.ScalingDecision;
import dev.myelin.wire.ScalingDecision.Figures;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecisionLogTests {

  private static final Sample SAMPLE = new Sample(0, 1, 0, 9, 10, Sample.Flow.NONE);

  @Test
  void newestRecordsAreKept() {
    var log = new DecisionLog(3);
    for (int i = 0; i < 5; i++) {
      log.add(new ScalingRecord(Instant.EPOCH, "price-list", i, i + 1, "congestion", SAMPLE));
    }

    assertThat(log.records()).extracting(ScalingRecord::from).containsExactly(2, 3, 4);
  }

  @Test
  void decisionsOfAnEarlierOrchestratorAreKept(@TempDir Path root) {
    var folder = new ClusterFolder(root);
    var store = new FolderDecisions(folder);
    var record = new ScalingRecord(Instant.EPOCH, "price-list", 1, 2, "congestion", SAMPLE);
    new DecisionLog(3, store).add(record);
    var later = new ScalingRecord(Instant.EPOCH.plusSeconds(1), "price-list", 2, 1, "idle", SAMPLE);

    var next = new DecisionLog(3, new FolderDecisions(folder));
    next.add(later);

    assertThat(next.records()).containsExactly(record, later);
    assertThat(store.view())
        .containsExactly(
            later.view(),
            new ScalingDecision(
                Instant.EPOCH, "price-list", 1, 2, "congestion", new Figures(1, 0, 9, 10, 0.9)));
  }
}
