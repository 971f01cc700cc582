package dev.myelin.orchestrator.kubernetes.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.myelin.orchestrator.kubernetes.resource.ExposeSpec;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The objects by which an external service is reached from outside by itself. Thread-safe.
///
/// All have the resource's name and are owned by it. They lead to the gateway, which knows the
/// operations as `/service/operation`; where paths from outside do not begin with the service's
/// name, a Route and an HTTPRoute say that they are rewritten.
public final class DesiredRoutes {

  private static final String ROUTE_REWRITE = "haproxy.router.openshift.io/rewrite-target";

  private final RouteSettings settings;
  private final RouteTrees trees;
  private final KubernetesSerialization serialization;

  /// Creates it.
  ///
  /// @param settings what the installation lets services ask for
  /// @param serialization turns trees into objects
  public DesiredRoutes(RouteSettings settings, KubernetesSerialization serialization) {
    this.settings = settings;
    this.trees = new RouteTrees(settings.gateway());
    this.serialization = serialization;
  }

  /// Why not everything that is asked for can be.
  ///
  /// @param reason as one word
  /// @param message what is in the way, and what to do
  public record Obstacle(String reason, String message) {}

  /// Kinds that a service asks for.
  ///
  /// @param resource the service
  public static Set<RouteKind> asked(Microservice resource) {
    var kinds = EnumSet.noneOf(RouteKind.class);
    var expose = resource.getSpec().expose();
    if (expose != null) {
      if (expose.ingress() != null) {
        kinds.add(RouteKind.INGRESS);
      }
      if (expose.route() != null) {
        kinds.add(RouteKind.ROUTE);
      }
      if (expose.httpRoute() != null) {
        kinds.add(RouteKind.HTTP_ROUTE);
      }
    }
    return kinds;
  }

  /// All objects that are asked for and possible.
  ///
  /// @param resource the service
  public List<HasMetadata> of(Microservice resource) {
    var expose = resource.getSpec().expose();
    if (expose == null || !resource.getSpec().behaviour().external()) {
      return List.of();
    }
    var objects = new ArrayList<HasMetadata>();
    for (var kind : asked(resource)) {
      if (settings.present().contains(kind)) {
        objects.add(object(kind, resource, expose));
      }
    }
    return List.copyOf(objects);
  }

  /// What is in the way of what a service asks for, if anything is.
  ///
  /// @param resource the service
  public Optional<Obstacle> obstacle(Microservice resource) {
    if (!resource.getSpec().behaviour().external()) {
      return Optional.of(
          new Obstacle(
              "NotExternal",
              "The gateway does not offer the service: set external to true, or remove expose"));
    }
    var asked = asked(resource);
    if (asked.isEmpty()) {
      return Optional.of(
          new Obstacle("NothingAsked", "expose names none of ingress, route and httpRoute"));
    }
    return asked.stream().flatMap(kind -> obstacle(kind).stream()).findFirst();
  }

  private Optional<Obstacle> obstacle(RouteKind kind) {
    if (!settings.enabled().contains(kind)) {
      return Optional.of(
          new Obstacle(
              "KindNotEnabled",
              "The core may not make a %s: add it to gateway.expose in the values of the core's chart"
                  .formatted(kind.kind())));
    }
    return settings.present().contains(kind)
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                "KindMissing",
                "The API had no %s of %s when the core started: install it and restart the core's pods"
                    .formatted(kind.kind(), kind.apiVersion())));
  }

  private HasMetadata object(RouteKind kind, Microservice resource, ExposeSpec expose) {
    var service = "/" + resource.service();
    var path = expose.path() == null || expose.path().isBlank() ? service : expose.path();
    boolean rewritten = !path.equals(service) && !path.startsWith(service + "/");
    var target = new RouteTrees.Target(expose, path, rewritten ? service : null);
    var metadata = DesiredObjects.metadata(resource);
    var annotations = new TreeMap<>(expose.annotations());
    if (kind == RouteKind.ROUTE && rewritten) {
      annotations.putIfAbsent(ROUTE_REWRITE, service);
    }
    if (!annotations.isEmpty()) {
      metadata.setAnnotations(annotations);
    }
    ObjectNode tree = trees.empty();
    tree.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    tree.set("metadata", serialization.convertValue(metadata, JsonNode.class));
    tree.set("spec", trees.spec(kind, target));
    return serialization.convertValue(tree, GenericKubernetesResource.class);
  }
}
