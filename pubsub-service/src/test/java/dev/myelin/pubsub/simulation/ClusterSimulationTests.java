package dev.myelin.pubsub.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// Nothing is lost and nobody goes back, whatever happens in what order.
final class ClusterSimulationTests {

  private static final int SEEDS = Integer.getInteger("myelin.simulation.seeds", 60);

  @Test
  void membershipIsNeverStaleAndNeverLost() {
    var violations = new ArrayList<String>();
    long acknowledged = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      var result = new ClusterRun(seed, Doubles.none(), false).run();
      acknowledged += result.acknowledged();
      for (var violation : result.violations()) {
        violations.add("seed " + seed + ": " + violation);
      }
    }

    assertThat(violations).isEmpty();
    assertThat(acknowledged).isGreaterThan(5L * SEEDS);
  }

  @Test
  void actionsOfAnOldEpochAreRefusedWhicheverPubsubIsAsked() {
    long refusals = 0;
    for (long seed = 1_000; refusals < 10_000; seed++) {
      var result = new ClusterRun(seed, Doubles.none(), true).run();
      refusals += result.refusals();

      assertThat(result.violations()).as("seed %d", seed).isEmpty();
    }
  }
}
