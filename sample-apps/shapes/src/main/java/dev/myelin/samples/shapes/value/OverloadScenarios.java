package dev.myelin.samples.shapes.value;

import dev.myelin.samples.shapes.ScenarioSet;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Calls each overload.
@Component
final class OverloadScenarios implements ScenarioSet {

  private final Overloads overloads;

  OverloadScenarios(Overloads overloads) {
    this.overloads = overloads;
  }

  @Override
  public Map<String, Scenario> scenarios() {
    return Map.of(
        "overload.none", () -> overloads.told(),
        "overload.int", () -> overloads.told(1),
        "overload.integer", () -> overloads.told(Integer.valueOf(1)),
        "overload.long", () -> overloads.told(1L),
        "overload.double", () -> overloads.told(1.0),
        "overload.string", () -> overloads.told("1"),
        "overload.array", () -> overloads.told(new int[1]),
        "overload.list", () -> overloads.told(List.of("1")),
        "overload.int-string", () -> overloads.told(1, "2"),
        "overload.string-int", () -> overloads.told("1", 2));
  }
}
