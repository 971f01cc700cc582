package dev.myelin.stethoscope.sim;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/// The simulation finds nothing wrong with the right classes, and finds mistakes.
final class PlantedBugsTests {

  private static final int SEEDS = 1_000;
  private static final int RIGHT_SEEDS = 20;

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.myelin");
  private @Nullable Level level;

  @BeforeEach
  void beQuiet() {
    level = logger.getLevel();
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void speakAgain() {
    logger.setLevel(level);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsWrongWithTheRightClasses(Scenario scenario) {
    for (int seed = 0; seed < RIGHT_SEEDS; seed++) {
      assertThat(scenario.run(seed, Parts.PRODUCTION)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void seedIsReplayedExactly() {
    for (int round = 0; round < 2; round++) {
      assertThat(Trials.cutOff(7, 50, 1, 0.3, Trials.Cut.ALL))
          .isEqualTo(Trials.cutOff(7, 50, 1, 0.3, Trials.Cut.ALL));
    }
  }

  @Test
  void everyPlantedBugIsFound() {
    var found = new LinkedHashMap<PlantedBug, String>();
    for (var bug : PlantedBug.values()) {
      search(bug, found);
    }
    System.out.println("Planted bugs found: " + found.size() + " of " + PlantedBug.values().length);
    found.forEach((bug, how) -> System.out.println("  " + bug + ": " + how));

    assertThat(found).containsOnlyKeys(PlantedBug.values());
  }

  /// Tries one scenario after the other, each with a seed of its own.
  private static void search(PlantedBug bug, Map<PlantedBug, String> found) {
    var scenarios = Scenario.values();
    for (int seed = 0; seed < SEEDS && !found.containsKey(bug); seed++) {
      var scenario = scenarios[seed % scenarios.length];
      var broken = scenario.run(seed, bug);
      if (!broken.isEmpty()) {
        found.put(bug, "%s with seed %d: %s".formatted(scenario, seed, broken.getFirst()));
      }
    }
  }
}
