package dev.myelin.samples.shapes.container;

import dev.myelin.samples.shapes.ScenarioSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/// Passes arrays, generic records, optional and late values there and back.
@Component
final class StructureScenarios implements ScenarioSet {

  private static final List<Point> POINTS = List.of(new Point(0, 1), new Point(5, 2));

  private final Containers containers;

  StructureScenarios(Containers containers) {
    this.containers = containers;
  }

  @Override
  public Map<String, Scenario> scenarios() {
    var scenarios = new HashMap<String, Scenario>();
    addArrays(scenarios);
    addRecords(scenarios);
    addOptionalAndLate(scenarios);
    return scenarios;
  }

  private void addArrays(Map<String, Scenario> scenarios) {
    scenarios.put("container.array-of-ints", () -> containers.sums(new int[] {1, -2, 3}));
    scenarios.put("container.array-empty", () -> containers.sums());
    scenarios.put(
        "container.array-of-arrays",
        () -> containers.transposed(new long[][] {{1, 2}, {Long.MAX_VALUE, 4}}));
    scenarios.put(
        "container.array-of-records",
        () -> containers.mirrored(new Point[] {new Point(1, 2), new Point(-3, 4)}));
    scenarios.put("container.varargs", () -> containers.joined("-", "a", "", "c"));
    scenarios.put("container.varargs-none", () -> containers.joined("-"));
  }

  private void addRecords(Map<String, Scenario> scenarios) {
    scenarios.put("container.pair", () -> containers.swapped(new Pair<>("a", 1)));
    scenarios.put("container.page", () -> containers.page(rows(), 2, 0));
    scenarios.put("container.page-last", () -> containers.page(rows(), 2, 1));
    scenarios.put("container.page-empty", () -> containers.page(List.of(), 2, 0));
    scenarios.put("container.tree", () -> containers.mirrored(tree()));
  }

  private static List<Pair<String, Point>> rows() {
    return IntStream.range(0, 5).mapToObj(i -> new Pair<>("row " + i, new Point(i, -i))).toList();
  }

  private static Tree tree() {
    var leaf = new Tree("leaf", List.of());
    return new Tree(
        "root", List.of(leaf, new Tree("branch", List.of(new Tree("bud", List.of()), leaf))));
  }

  private void addOptionalAndLate(Map<String, Scenario> scenarios) {
    scenarios.put(
        "container.optional", () -> containers.rightOf(Optional.of(new Point(3, 0)), POINTS));
    scenarios.put(
        "container.optional-none-found",
        () -> containers.rightOf(Optional.of(new Point(9, 0)), POINTS));
    scenarios.put(
        "container.optional-none-given", () -> containers.rightOf(Optional.empty(), POINTS));
    scenarios.put(
        "container.future",
        () -> containers.sumLater(List.of(Integer.MAX_VALUE, 1)).get(10, TimeUnit.SECONDS));
    scenarios.put(
        "container.future-composed",
        () ->
            containers
                .sumLater(List.of(1, 2))
                .thenCombine(containers.sumLater(List.of(3)), Long::sum)
                .get(10, TimeUnit.SECONDS));
    scenarios.put(
        "container.future-null", () -> containers.nothingLater().get(10, TimeUnit.SECONDS));
  }
}
