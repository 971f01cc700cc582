package dev.myelin.orchestrator.kubernetes.answer;

import dev.myelin.orchestrator.kubernetes.loop.Fleet;
import dev.myelin.orchestrator.kubernetes.pod.Pods;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts together what is known of a cluster of pods. Thread-safe; does no call.
///
/// Instances of the application's services are their pods, whether they have registered or not;
/// fronts and core processes, which the charts have made, are those that have registered.
final class KubernetesViews {

  private final Fleet fleet;
  private final CallLedger ledger;

  KubernetesViews(Fleet fleet, CallLedger ledger) {
    this.fleet = fleet;
    this.ledger = ledger;
  }

  ClusterView view() {
    var members = fleet.membership().members();
    var listed = new LinkedHashMap<String, List<InstanceView>>();
    listed.put(ServiceNames.FRONT, new ArrayList<>());
    fleet.cache().services().stream()
        .map(Microservice::service)
        .sorted()
        .forEach(service -> listed.put(service, instances(service, members)));
    ServiceNames.CORE_SERVICES.forEach(service -> listed.put(service, new ArrayList<>()));
    for (var member : members.values()) {
      for (var service : shownUnder(member.instance())) {
        var views = listed.get(service);
        if (views != null && known(views, member.instance().id()) == null) {
          views.add(view(member, service));
        }
      }
    }
    listed.values().forEach(views -> views.sort(Comparator.comparing(InstanceView::id)));
    return new ClusterView(listed, ledger.totals());
  }

  private static @Nullable InstanceView known(List<InstanceView> views, InstanceId id) {
    return views.stream().filter(view -> view.id().equals(id)).findFirst().orElse(null);
  }

  private static List<String> shownUnder(Instance instance) {
    return instance.process().role() == Role.FRONT
        ? List.of(ServiceNames.FRONT)
        : instance.services();
  }

  private List<InstanceView> instances(String service, Map<InstanceId, Member> members) {
    var views = new ArrayList<InstanceView>();
    for (var pod : fleet.cache().pods(service)) {
      var id = new InstanceId(pod.getMetadata().getName());
      views.add(view(pod, id, service, members.get(id)));
    }
    return views;
  }

  private InstanceView view(Pod pod, InstanceId id, String service, @Nullable Member member) {
    boolean leaving = Pods.leaving(pod);
    return new InstanceView(
        id,
        member == null ? 0 : member.instance().process().pid(),
        member == null ? null : member.instance().endpoint().toString(),
        leaving ? InstanceState.DRAINING : member == null ? InstanceState.STARTING : member.state(),
        fleet.inFlight(id, service),
        Pods.created(pod),
        image(pod));
  }

  // What an image is called tells versions apart for people: shop:1.4
  private static String image(Pod pod) {
    var containers = pod.getSpec() == null ? null : pod.getSpec().getContainers();
    if (containers == null || containers.isEmpty() || containers.getFirst().getImage() == null) {
      return "";
    }
    var name = containers.getFirst().getImage();
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private InstanceView view(Member member, String service) {
    var instance = member.instance();
    return new InstanceView(
        instance.id(),
        instance.process().pid(),
        instance.endpoint().toString(),
        member.state(),
        fleet.inFlight(instance.id(), service),
        instance.process().startedAt());
  }
}
