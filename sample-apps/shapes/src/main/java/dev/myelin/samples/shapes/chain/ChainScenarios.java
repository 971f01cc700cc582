package dev.myelin.samples.shapes.chain;

import dev.myelin.samples.shapes.ScenarioSet;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Calls the chain from its beginning.
@Component
final class ChainScenarios implements ScenarioSet {

  private final First first;
  private final Fifth fifth;

  ChainScenarios(First first, Fifth fifth) {
    this.first = first;
    this.fifth = fifth;
  }

  @Override
  public Map<String, Scenario> scenarios() {
    return Map.of(
        "chain.five-deep",
        () -> first.extend(startWithLimit(20_000)),
        "chain.failure-at-the-end",
        () -> first.extend(startWithLimit(11_110)),
        "chain.failure-wrapped-half-way",
        () -> first.extendWrapping(startWithLimit(11_110)),
        "chain.end-called-directly",
        () -> fifth.extend(new Trail(List.of("elsewhere"), -1, 9_999)));
  }

  private static Trail startWithLimit(long limit) {
    return new Trail(List.of(), 0, limit);
  }
}
