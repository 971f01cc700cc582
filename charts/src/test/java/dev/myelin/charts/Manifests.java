package dev.myelin.charts;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Manifests that a chart has made, read into the classes of the API.
///
/// @param resources in the order in which they were written
record Manifests(List<HasMetadata> resources) {

  private static final KubernetesSerialization MAPPER = new KubernetesSerialization();
  private static final String ADDITIONAL = "getAdditionalProperties";
  private static final String MODEL = "io.fabric8.";

  static Manifests of(String text) {
    var resources = new ArrayList<HasMetadata>();
    for (var part : text.split("(?m)^---.*$", -1)) {
      if (part.lines().anyMatch(line -> line.startsWith("kind:"))) {
        resources.add((HasMetadata) MAPPER.unmarshal(part));
      }
    }
    return new Manifests(List.copyOf(resources));
  }

  /// Fields, and whole resources, that no class of the API has.
  List<String> unknownFields() {
    var unknown = new ArrayList<String>();
    for (var resource : resources) {
      var name = resource.getKind() + " " + resource.getMetadata().getName();
      if (resource instanceof GenericKubernetesResource) {
        unknown.add(name + " of " + resource.getApiVersion());
      } else {
        collect(name, resource, unknown);
      }
    }
    return unknown;
  }

  private static void collect(String path, @Nullable Object node, List<String> unknown) {
    switch (node) {
      case Map<?, ?> map -> map.forEach((key, value) -> collect(path + "." + key, value, unknown));
      case Collection<?> list -> list.forEach(each -> collect(path + "[]", each, unknown));
      case Object object when object.getClass().getName().startsWith(MODEL) -> {
        for (var getter : getters(object)) {
          var value = call(getter, object);
          if (getter.getName().equals(ADDITIONAL) && value instanceof Map<?, ?> additional) {
            additional.keySet().forEach(field -> unknown.add(path + "." + field));
          } else {
            collect(path + "." + getter.getName().substring(3), value, unknown);
          }
        }
      }
      case null, default -> {}
    }
  }

  private static List<Method> getters(Object object) {
    return Arrays.stream(object.getClass().getMethods())
        .filter(method -> method.getName().startsWith("get") && method.getParameterCount() == 0)
        .filter(method -> method.getDeclaringClass().getName().startsWith(MODEL))
        .filter(method -> method.getDeclaringClass() == object.getClass())
        .toList();
  }

  private static @Nullable Object call(Method getter, Object object) {
    try {
      return getter.invoke(object);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("Cannot read " + getter, e);
    }
  }

  /// Pods of the project's own images.
  List<PodSpec> ownPods() {
    return resources.stream()
        .map(resource ->
            switch (resource) {
              case Deployment deployment -> deployment.getSpec().getTemplate().getSpec();
              case Job job -> job.getSpec().getTemplate().getSpec();
              case Pod pod -> pod.getSpec();
              default -> null;
            })
        .filter(PodSpec.class::isInstance)
        .toList();
  }
}
