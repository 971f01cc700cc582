package dev.myelin.orchestrator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.scaling.ScalingGoals.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ScalingGoalsTests {

  private static final int SEEDS = 2;

  @Test
  void goalsAreMet() {
    assertThat(new ScalingGoals(1, SEEDS).all()).allMatch(Figure::met);
  }

  @Test
  void sameSeedGivesTheSameFigures() {
    assertThat(new ScalingGoals(3, 1).step()).isEqualTo(new ScalingGoals(3, 1).step());
    assertThat(new ScalingGoals(3, 1).trace())
        .isNotEmpty()
        .isEqualTo(new ScalingGoals(3, 1).trace());
  }

  @Test
  void pageShowsTheDecisionsAsTheyAre() throws IOException {
    var page = Files.readString(Path.of("..", "docs", "scaling.md"));

    assertThat(new ScalingGoals(1, 1).trace()).allSatisfy(line -> assertThat(page).contains(line));
  }

  @ParameterizedTest
  @MethodSource("dev.myelin.orchestrator.scaling.PlantedBugs#all")
  void plantedBugIsFound(Ruling planted) {
    var goals = new ScalingGoals(planted, 1, SEEDS);

    assertThat(goals.all()).as("%s", planted).anyMatch(figure -> !figure.met());
  }
}
