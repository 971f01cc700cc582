package dev.myelin.benchmarks.depth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.benchmarks.variant.Serving;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DescentTableTests {
  private final DescentTable table = new DescentTable(1_000);

  /// A way to descend that only has a name.
  private record Named(String name) implements DescentVariant {

    @Override
    public String settings() {
      return "as it comes";
    }

    @Override
    public Serving serve(Descent descent) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DescentClient connect(int port) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void goalWhenAThirdOfTheBestRivalAndFewThreadsIsMet() {
    table.add(new Named("myelin"), new DescentReport(List.of(9.0, 10.0, 80.0), 20));
    table.add(new Named("grpc-virtual"), new DescentReport(List.of(40.0, 50.0), 900));
    table.add(new Named("grpc-tuned"), new DescentReport(List.of(30.0, 35.0), 30));

    assertThat(table.toString())
        .contains("1,000 levels deep", "as it comes")
        .contains("met     P4 platform threads a process < 40: 20")
        .contains("met     P4 median <= 1/3 of grpc-java's best time: 0.33 of it");
  }

  @Test
  void goalWhenOnlyTheBestTimeIsGoodIsMissed() {
    table.add(new Named("myelin"), new DescentReport(List.of(1.0, 11.0), 20));
    table.add(new Named("myelin"), new DescentReport(List.of(12.0), 40));
    table.add(new Named("grpc-tuned"), new DescentReport(List.of(30.0), 30));

    assertThat(table.toString())
        .contains("MISSED  P4 platform threads a process < 40: 40")
        .contains("MISSED  P4 median <= 1/3 of grpc-java's best time: 0.37 of it");
  }
}
