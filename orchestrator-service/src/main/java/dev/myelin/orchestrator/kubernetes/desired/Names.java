package dev.myelin.orchestrator.kubernetes.desired;

import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import java.util.Map;
import java.util.TreeMap;

/// Names, labels and annotations of what is made.
public final class Names {

  /// Field manager of everything but the number of replicas.
  public static final String MANAGER = "myelin-orchestrator";

  /// Field manager of the number of replicas, where the orchestrator sets it.
  public static final String SCALER = "myelin-scaler";

  /// Label with the service's name, by which its pods are selected.
  public static final String SERVICE = "myelin.dev/service";

  /// Label of everything that the orchestrator has made.
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /// Value of that label.
  public static final String MYELIN = "myelin";

  /// Annotation with the epoch of the lease under which an object was written last.
  public static final String EPOCH = "myelin.dev/epoch";

  /// Annotation with a hash of what was written last.
  public static final String WRITTEN = "myelin.dev/written";

  /// Annotation with the epoch of the lease under which the number of replicas was set last.
  public static final String SCALED = "myelin.dev/scaled-in-epoch";

  /// Condition of a pod, set by the orchestrator, without which it is not ready.
  public static final String IN_SERVICE = "myelin.dev/in-service";

  /// Annotation that tells a ReplicaSet which pod to delete first, from Kubernetes 1.22.
  public static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

  /// Name of the container that hosts the service.
  public static final String CONTAINER = "service";

  /// Port on which calls are taken.
  public static final int CALL_PORT = 7070;

  /// Port of the actuator.
  public static final int HTTP_PORT = 8080;

  private Names() {}

  static Map<String, String> selector(Microservice resource) {
    return Map.of(SERVICE, resource.service());
  }

  static Map<String, String> labels(Microservice resource) {
    var labels = new TreeMap<String, String>();
    labels.put("app.kubernetes.io/name", resource.service());
    labels.put(MANAGED_BY, MYELIN);
    labels.put(SERVICE, resource.service());
    var application = resource.getSpec().application();
    if (application != null && !application.isBlank()) {
      labels.put("app.kubernetes.io/part-of", application);
    }
    return labels;
  }
}
