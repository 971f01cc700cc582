package dev.myelin.samples.shapes;

import dev.myelin.samples.shapes.ScenarioSet.Scenario;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/// All scenarios.
///
/// An outcome depends on nothing but the scenario: not on the process, the time or the run before.
/// So the outcomes of two runs are equal, wherever the services are.
@Component
public final class Scenarios {

  private final SortedMap<String, Scenario> byName = new TreeMap<>();

  /// Collects them.
  ///
  /// @param sets the scenarios of each package; no two may have one name
  public Scenarios(List<ScenarioSet> sets) {
    for (var set : sets) {
      set.scenarios()
          .forEach((name, scenario) -> {
            if (byName.putIfAbsent(name, scenario) != null) {
              throw new IllegalArgumentException("Two scenarios are named '" + name + "'");
            }
          });
    }
  }

  /// Runs every scenario, one after the other.
  ///
  /// @return the outcomes by name of the scenario, sorted
  public SortedMap<String, Outcome> run() {
    var outcomes = new TreeMap<String, Outcome>();
    byName.forEach((name, scenario) -> outcomes.put(name, outcomeOf(scenario)));
    return Collections.unmodifiableSortedMap(outcomes);
  }

  /// Runs one scenario.
  ///
  /// @param name its name
  /// @return its outcome; empty if there is none of that name
  public Optional<Outcome> run(String name) {
    return Optional.ofNullable(byName.get(name)).map(Scenarios::outcomeOf);
  }

  private static Outcome outcomeOf(Scenario scenario) {
    try {
      return new Outcome.Returned(Rendering.of(scenario.run()));
    } catch (Exception | AssertionError failure) {
      return Outcome.Thrown.of(failure);
    }
  }
}
