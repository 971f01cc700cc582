package dev.myelin.orchestrator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.rollout.ErrorComparison.Said;
import dev.myelin.wire.InstanceId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ErrorComparisonTests {

  private final ErrorComparison comparison = new ErrorComparison(RolloutSettings.DEFAULT);

  private static Said said(String id, boolean wanted, long calls, long errors) {
    return new Said(new InstanceId(id), "price-list", wanted, calls, errors);
  }

  @Test
  void moreFailuresThanAtTheOldVersionAreToldWithBothFigures() {
    comparison.note(List.of(said("old", false, 1_000, 900), said("new", true, 0, 0)));

    assertThat(comparison.note(List.of(said("old", false, 1_100, 902), said("new", true, 60, 9))))
        .hasValue(
            "9 of 60 (15.0 %) calls of 'price-list' failed at the new version, 2 of 100 (2.0 %) at the old one");
  }

  @Test
  void failuresOfBothAreNotTheNewOnes() {
    comparison.note(List.of(said("old", false, 0, 0)));

    assertThat(comparison.note(List.of(said("old", false, 100, 40), said("new", true, 100, 50))))
        .isEmpty();
  }

  @Test
  void fewCallsAreNotJudged() {
    assertThat(comparison.note(List.of(said("new", true, 49, 49)))).isEmpty();
    assertThat(comparison.note(List.of(said("new", true, 50, 49)))).isPresent();
  }

  @Test
  void instanceThatIsGoneStaysCountedUntilTheNextRollout() {
    comparison.note(List.of(said("new-1", true, 40, 30)));

    assertThat(comparison.note(List.of(said("new-2", true, 10, 0)))).isPresent();
    comparison.clear();
    assertThat(comparison.note(List.of(said("new-2", true, 10, 0)))).isEmpty();
  }
}
