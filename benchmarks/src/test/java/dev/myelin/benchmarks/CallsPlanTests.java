package dev.myelin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.benchmarks.load.LoadPlan;
import dev.myelin.benchmarks.variant.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallsPlanTests {

  @Test
  void planWithoutOptionsIsThatOfTheGoals() {
    var plan = CallsPlan.parse(List.of());

    assertThat(plan.rows()).isEqualTo(Variants.rows());
    assertThat(plan.inProcess()).isTrue();
    assertThat(plan.descent()).isTrue();
    assertThat(plan.pairs()).isEqualTo(3);
    assertThat(plan.subject()).isEqualTo("myelin");
    assertThat(plan.load())
        .isEqualTo(
            new LoadPlan(Duration.ofSeconds(40), Duration.ofSeconds(8), List.of(1, 32, 256), 1));
  }

  @Test
  void planWhenQuickIsShortButForWhatIsGiven() {
    var plan = CallsPlan.parse(List.of("--quick", "--seconds=0.2", "--callers=4"));

    assertThat(plan.pairs()).isEqualTo(1);
    assertThat(plan.load())
        .isEqualTo(new LoadPlan(Duration.ofSeconds(2), Duration.ofMillis(200), List.of(4), 1));
  }

  @Test
  void planTakesRowsOnceInTheOrderGiven() {
    var plan = CallsPlan.parse(List.of("--variants=openfeign, echo/async,echo"));

    assertThat(plan.rows())
        .extracting(Row::id)
        .containsExactly("openfeign/virtual", "echo/async", "echo/virtual");
  }

  @Test
  void planTakesTheCallInOneProcessWhereItIsNamed() {
    assertThat(CallsPlan.parse(List.of("--variants=echo")).inProcess()).isFalse();
    assertThat(CallsPlan.parse(List.of("--variants=in-process")))
        .returns(true, CallsPlan::inProcess)
        .returns(false, CallsPlan::descent)
        .returns(List.of(), CallsPlan::rows);
    assertThat(CallsPlan.parse(List.of("--variants=descent")))
        .returns(false, CallsPlan::inProcess)
        .returns(true, CallsPlan::descent)
        .returns(List.of(), CallsPlan::rows);
  }

  @Test
  void planWithoutPairsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallsPlan.parse(List.of("--pairs=0")))
        .withMessageContaining("'0'");
  }

  @Test
  void usageNamesEveryOption() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallsPlan.parse(List.of("--help")))
        .satisfies(refusal ->
            assertThat(
                    List.of(
                        String.valueOf(refusal.getMessage())
                            .replaceAll(".*\\[|].*", "")
                            .split(", ")))
                .hasSize(8)
                .allSatisfy(option -> assertThat(CallsPlan.USAGE).contains(option)));
  }
}
