package dev.myelin.samples.shapes.container;

import dev.myelin.samples.shapes.ScenarioSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Passes lists, sets and maps there and back.
@Component
final class CollectionScenarios implements ScenarioSet {

  private final Containers containers;

  CollectionScenarios(Containers containers) {
    this.containers = containers;
  }

  @Override
  public Map<String, Scenario> scenarios() {
    var scenarios = new HashMap<String, Scenario>();
    addListsAndSets(scenarios);
    addMaps(scenarios);
    return scenarios;
  }

  private void addListsAndSets(Map<String, Scenario> scenarios) {
    scenarios.put("container.list", () -> containers.sorted(List.of("b", "c", "a")));
    scenarios.put("container.list-empty", () -> containers.sorted(List.of()));
    scenarios.put(
        "container.list-with-nulls", () -> containers.spaced(Arrays.asList("a", null, "b")));
    scenarios.put(
        "container.list-view", () -> containers.sorted(List.of("d", "c", "b", "a").subList(1, 3)));
    scenarios.put(
        "container.list-long",
        () ->
            String.join(
                "",
                containers.sorted(
                    IntStream.range(0, 10_000).mapToObj(Integer::toString).toList())));
    scenarios.put("container.set", () -> containers.even(Set.of(1, 2, 3, 4)));
    scenarios.put("container.set-empty", () -> containers.even(Set.of()));
  }

  private void addMaps(Map<String, Scenario> scenarios) {
    scenarios.put("container.map", () -> containers.byLength(List.of("a", "bb", "cc", "")));
    scenarios.put("container.map-empty", () -> containers.byLength(List.of()));
    scenarios.put("container.map-order", this::orderOfMap);
    scenarios.put("container.map-with-null", () -> containers.reversed(mapOfNull()));
    scenarios.put(
        "container.map-with-record-keys",
        () ->
            containers.moved(
                Map.of(new Point(0, 0), "origin", new Point(3, 4), "far"), new Point(1, -1)));
    scenarios.put("container.map-lookup", this::lookUpRecordKey);
    scenarios.put(
        "container.map-of-maps",
        () ->
            containers.deeper(
                Map.of(
                    "a",
                    Map.of(new Point(1, 2), List.of(Optional.of(3), Optional.empty())),
                    "b",
                    Map.of())));
  }

  private List<String> orderOfMap() {
    var map = new LinkedHashMap<String, @Nullable Integer>();
    for (var key : List.of("zulu", "alpha", "mike", "echo")) {
      map.put(key, key.length());
    }
    return new ArrayList<>(containers.reversed(map).keySet());
  }

  private static Map<String, @Nullable Integer> mapOfNull() {
    var map = new HashMap<String, @Nullable Integer>();
    map.put("nothing", null);
    return map;
  }

  private @Nullable String lookUpRecordKey() {
    return containers.moved(Map.of(new Point(1, 1), "found"), new Point(1, 1)).get(new Point(2, 2));
  }
}
