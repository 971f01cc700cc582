package dev.myelin.orchestrator.kubernetes.release;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a chart's values say of the services of an application, as the chart writes it to a file.
///
/// @param defaults fields of a Microservice's `spec` that all services have
/// @param services fields that single ones have besides, by name; they win over everything else
/// @param sidecars containers, by the name under which `@Microservice(sidecars = …)` asks for them
record Release(
    Map<String, Object> defaults,
    Map<String, Map<String, Object>> services,
    Map<String, Map<String, Object>> sidecars) {

  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final Set<String> PARTS = Set.of("defaults", "services", "sidecars");

  Release {
    defaults = Map.copyOf(defaults);
    services = Map.copyOf(services);
    sidecars = Map.copyOf(sidecars);
  }

  /// Reads the file.
  ///
  /// @throws IllegalArgumentException if it is of another form
  static Release read(Path file) {
    try {
      var tree = tree("the file", YAML.unmarshal(Files.readString(file), Object.class));
      if (!PARTS.containsAll(tree.keySet())) {
        throw new IllegalArgumentException(
            "'%s' has %s but may have %s only".formatted(file, tree.keySet(), PARTS));
      }
      return new Release(
          tree("defaults", tree.get("defaults")),
          trees("services", tree.get("services")),
          trees("sidecars", tree.get("sidecars")));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '%s': %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Map<String, Map<String, Object>> trees(String name, @Nullable Object node) {
    var trees = new LinkedHashMap<String, Map<String, Object>>();
    tree(name, node).forEach((key, child) -> trees.put(key, tree(name + "." + key, child)));
    return trees;
  }

  private static Map<String, Object> tree(String name, @Nullable Object node) {
    if (node == null) {
      return Map.of();
    }
    if (!(node instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("%s is %s but must have fields".formatted(name, node));
    }
    var tree = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> tree.put(String.valueOf(key), value));
    return tree;
  }

  /// The container that a service asks for by its name.
  ///
  /// @throws IllegalArgumentException if the values have none of that name
  Map<String, Object> sidecar(String service, String name) {
    var container = sidecars.get(name);
    if (container == null) {
      throw new IllegalArgumentException(
          "Service '%s' asks for the sidecar '%s', but the chart's value 'sidecars' has %s; add its container there."
              .formatted(service, name, sidecars.keySet()));
    }
    var named = new LinkedHashMap<String, Object>(Map.of("name", name));
    named.putAll(container);
    return named;
  }

  /// Checks that each service that the values speak of is one of the application's.
  ///
  /// @throws IllegalArgumentException if one is not
  void check(List<String> described) {
    for (var named : services.keySet()) {
      if (!described.contains(named)) {
        throw new IllegalArgumentException(
            "The chart's value 'services' names '%s', but the application has the services %s; correct the name, or remove it."
                .formatted(named, described));
      }
    }
  }
}
