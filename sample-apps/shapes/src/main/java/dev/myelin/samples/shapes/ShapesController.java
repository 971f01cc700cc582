package dev.myelin.samples.shapes;

import java.util.SortedMap;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Runs the scenarios and shows their outcomes.
@RestController
@RequestMapping("/shapes")
final class ShapesController {

  private final Scenarios scenarios;

  ShapesController(Scenarios scenarios) {
    this.scenarios = scenarios;
  }

  /// The outcomes of all scenarios, sorted by name; the same text each time and in each mode.
  @GetMapping
  SortedMap<String, Outcome> all() {
    return scenarios.run();
  }

  /// The outcome of one scenario.
  @GetMapping("/{name}")
  ResponseEntity<Outcome> one(@PathVariable String name) {
    return ResponseEntity.of(scenarios.run(name));
  }
}
