package dev.myelin.orchestrator.kubernetes.watch;

import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/// The resources of one namespace, and what the orchestrator has made of them, as last heard.
/// Thread-safe; never blocks.
public interface ObservedNamespace {

  /// Whether everything has been listed since the start: nothing may be done before, for what is
  /// not known is not absent.
  boolean complete();

  /// All services, deleted ones left out.
  List<Microservice> services();

  /// One service, if there is such a resource and it is not being deleted.
  ///
  /// @param service its name
  Optional<Microservice> service(String service);

  /// What was made of a service, its pods and routes left out.
  ///
  /// @param service its name
  List<HasMetadata> objects(String service);

  /// The routes that were made of a service, of the kinds that are watched.
  ///
  /// @param service its name
  List<HasMetadata> routes(String service);

  /// The pods of a service, leaving ones included.
  ///
  /// @param service its name
  List<Pod> pods(String service);

  /// A pod of any service.
  ///
  /// @param name its name
  Optional<Pod> pod(String name);
}
