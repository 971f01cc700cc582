package dev.myelin.orchestrator.kubernetes.loop;

import dev.myelin.orchestrator.kubernetes.pod.Retirement;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// When the number of replicas of a workload is to be changed. Confined to the loop's thread.
///
/// Up at once; down when those that are to leave are out of service.
final class Replicas {

  private final Fleet fleet;
  private final Map<String, Retirement> retirements = new HashMap<>();

  Replicas(Fleet fleet) {
    this.fleet = fleet;
  }

  /// Whether an object has a number of replicas.
  static boolean workload(HasMetadata object) {
    return object instanceof Deployment || object instanceof StatefulSet;
  }

  /// Forgets whom others have chosen.
  void begin() {
    retirements.clear();
  }

  void retain(Set<String> services) {
    retirements.keySet().retainAll(services);
  }

  /// Uids of the pods of a service that are to leave.
  Set<String> retiring(String service) {
    var retirement = retirements.get(service);
    return retirement == null ? Set.of() : retirement.chosen();
  }

  /// Whether a service has to be looked at again though nothing of it may change.
  boolean busy(String service) {
    return !retiring(service).isEmpty();
  }

  /// The workload whose number is to be written now, if it is.
  ///
  /// @param live objects of the service
  /// @param count how many instances there should be
  /// @param applied whether the objects are as desired; a number waits for them
  Optional<HasMetadata> next(
      Microservice resource, List<HasMetadata> live, int count, boolean applied) {
    var workload = live.stream().filter(Replicas::workload).findFirst();
    if (workload.isEmpty() || !applied || !Counting.ours(resource)) {
      return Optional.empty();
    }
    int replicas = Counting.replicas(workload.get());
    var service = resource.service();
    if (count >= replicas) {
      settle(service, workload.get(), count > replicas);
      return count > replicas ? workload : Optional.empty();
    }
    var retirement = retirements.computeIfAbsent(service, _ -> new Retirement());
    return retirement.retire(scene(service, workload.get()), replicas - count)
        ? workload
        : Optional.empty();
  }

  private void settle(String service, HasMetadata workload, boolean grows) {
    var retirement = retirements.get(service);
    if (retirement == null) {
      return;
    }
    if (grows) {
      retirement.cancel();
    } else {
      retirement.settle(scene(service, workload));
    }
  }

  private Retirement.Scene scene(String service, HasMetadata workload) {
    return new Retirement.Scene(
        fleet.cache().pods(service),
        workload instanceof StatefulSet,
        pod -> fleet.inFlight(Fleet.id(pod), service),
        fleet.time().nanos());
  }
}
