package dev.myelin.orchestrator.kubernetes.desired;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/// Kinds of object by which a service can be reached from outside.
public enum RouteKind {
  /// What every Kubernetes has, with a controller of the user's choice.
  INGRESS("networking.k8s.io", "Ingress", "ingresses"),
  /// OpenShift's.
  ROUTE("route.openshift.io", "Route", "routes"),
  /// The Gateway API's.
  HTTP_ROUTE("gateway.networking.k8s.io", "HTTPRoute", "httproutes");

  private static final String VERSION = "v1";

  private final String group;
  private final String kind;
  private final String plural;

  RouteKind(String group, String kind, String plural) {
    this.group = group;
    this.kind = kind;
    this.plural = plural;
  }

  /// The kind, as the API has it.
  public String kind() {
    return kind;
  }

  /// Group and version.
  public String apiVersion() {
    return group + "/" + VERSION;
  }

  /// Where the API has it.
  public ResourceDefinitionContext context() {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(VERSION)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
