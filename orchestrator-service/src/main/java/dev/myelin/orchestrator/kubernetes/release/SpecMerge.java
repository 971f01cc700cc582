package dev.myelin.orchestrator.kubernetes.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Lays fields over fields, as Kubernetes itself does in a pod.
///
/// - Of two objects, field by field.
/// - Of the lists whose elements have a name there (`env`, `volumes`, `volumeMounts`, `sidecars`,
///   `initContainers`), element by element: one of the same name is replaced, others are added.
/// - Everything else is replaced.
final class SpecMerge {

  private static final Map<String, String> NAMED =
      Map.of(
          "env", "name",
          "volumes", "name",
          "volumeMounts", "mountPath",
          "sidecars", "name",
          "initContainers", "name");

  private SpecMerge() {}

  /// The result; neither argument is changed.
  static Map<String, Object> of(Map<String, Object> below, Map<String, Object> above) {
    var result = new LinkedHashMap<>(below);
    above.forEach((field, value) -> result.merge(field, value, (a, b) -> one(field, a, b)));
    return result;
  }

  private static Object one(String field, Object below, Object above) {
    if (below instanceof Map<?, ?> first && above instanceof Map<?, ?> second) {
      return of(object(first), object(second));
    }
    var key = NAMED.get(field);
    if (key != null && below instanceof List<?> first && above instanceof List<?> second) {
      return elements(key, first, second);
    }
    return above;
  }

  private static Map<String, Object> object(Map<?, ?> map) {
    var object = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> object.put(String.valueOf(key), value));
    return object;
  }

  private static List<Object> elements(String key, List<?> below, List<?> above) {
    var result = new ArrayList<Object>();
    for (var element : below) {
      if (above.stream().noneMatch(each -> same(key, each, element))) {
        result.add(element);
      }
    }
    result.addAll(above);
    return result;
  }

  private static boolean same(String key, Object first, Object second) {
    return first instanceof Map<?, ?> a
        && second instanceof Map<?, ?> b
        && Objects.equals(a.get(key), b.get(key));
  }
}
