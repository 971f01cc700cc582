package dev.myelin.orchestrator.view;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Roster;
import dev.myelin.orchestrator.reconcile.Tracked;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceLoad;
import dev.myelin.wire.ServiceNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts together what is known of a cluster. Thread-safe; does no call.
///
/// An orchestrator that does not act shows what membership lists, without what is starting.
public final class ClusterViews {

  private static final Logger log = LoggerFactory.getLogger(ClusterViews.class);

  private final Roster roster;
  private final Sources sources;
  private final ClusterFolder folder;
  private final Deployer deployer;

  /// Where figures come from.
  ///
  /// @param membership who has registered
  /// @param readings how they are
  /// @param ledger the calls they have made
  public record Sources(MembershipWatch membership, ReadingsWatch readings, CallLedger ledger) {}

  /// Creates it.
  ///
  /// @param roster instances of the application
  /// @param sources where figures come from
  /// @param folder where core processes leave their addresses
  /// @param deployer tells whether these still run
  public ClusterViews(Roster roster, Sources sources, ClusterFolder folder, Deployer deployer) {
    this.roster = roster;
    this.sources = sources;
    this.folder = folder;
    this.deployer = deployer;
  }

  /// The cluster as it is now.
  ///
  /// @param services names of the application's services, listed even where they have no instance
  public ClusterView view(Collection<String> services) {
    // Read once, and before the members: what serves by the roster is then listed among them. What
    // was taken up in between is shown as the member it is; what was buried is known to the roster.
    var tracked = roster.all();
    var members = sources.membership().members();
    var listed = new LinkedHashMap<String, List<InstanceView>>();
    listed.put(ServiceNames.FRONT, new ArrayList<>());
    services.forEach(service -> listed.put(service, new ArrayList<>()));
    ServiceNames.CORE_SERVICES.forEach(service -> listed.put(service, new ArrayList<>()));
    var cores = coreFiles();
    addTracked(tracked, listed, members, cores.keySet());
    addMembers(listed, untracked(members, tracked), cores);
    listed.values().forEach(views -> views.sort(Comparator.comparing(InstanceView::id)));
    return new ClusterView(listed, sources.ledger().totals());
  }

  private static List<String> shownUnder(Tracked tracked) {
    return tracked.service().equals(ServiceNames.CORE)
        ? ServiceNames.CORE_SERVICES
        : List.of(tracked.service());
  }

  private void addTracked(
      List<Tracked> all,
      Map<String, List<InstanceView>> listed,
      Map<InstanceId, Member> members,
      Set<InstanceId> cores) {
    for (var tracked : all) {
      var member = members.get(tracked.id());
      // a core process that has written its file is listed from that
      tracked
          .shown(member)
          .filter(_ -> !cores.contains(tracked.id()))
          .ifPresent(state ->
              shownUnder(tracked)
                  .forEach(service ->
                      listed
                          .computeIfAbsent(service, _ -> new ArrayList<>())
                          .add(view(tracked, member, state))));
    }
  }

  private InstanceView view(Tracked tracked, @Nullable Member member, InstanceState state) {
    return new InstanceView(
        tracked.id(),
        tracked.pid(),
        member == null ? null : member.instance().endpoint().toString(),
        state,
        inFlight(tracked.id(), tracked.service()),
        tracked.identity().startedAt(),
        tracked.identity().version());
  }

  private Map<InstanceId, Member> untracked(
      Map<InstanceId, Member> members, List<Tracked> tracked) {
    var untracked = new LinkedHashMap<>(members);
    tracked.forEach(each -> untracked.remove(each.id()));
    untracked.keySet().removeIf(roster::buried);
    return untracked;
  }

  private void addMembers(
      Map<String, List<InstanceView>> listed,
      Map<InstanceId, Member> members,
      Map<InstanceId, Instance> cores) {
    var others = new LinkedHashMap<InstanceId, Member>();
    cores.forEach((id, core) -> others.put(id, new Member(core, InstanceState.SERVING)));
    others.putAll(members);
    for (var member : others.values()) {
      for (var service : servicesOf(member.instance())) {
        var views = listed.get(service);
        if (views != null) {
          views.add(view(member, service));
        }
      }
    }
  }

  private static List<String> servicesOf(Instance instance) {
    return instance.process().role() == Role.FRONT
        ? List.of(ServiceNames.FRONT)
        : instance.services();
  }

  private InstanceView view(Member member, String service) {
    var instance = member.instance();
    return new InstanceView(
        instance.id(),
        instance.process().pid(),
        instance.endpoint().toString(),
        member.state(),
        inFlight(instance.id(), service),
        instance.process().startedAt());
  }

  private int inFlight(InstanceId id, String service) {
    var reading = sources.readings().latest().byId().get(id);
    var heartbeat = reading == null ? null : reading.heartbeat();
    return heartbeat == null
        ? 0
        : heartbeat.served().stream()
            .filter(load -> load.service().equals(service))
            .mapToInt(ServiceLoad::inFlight)
            .sum();
  }

  // The file of a core process that was killed stays behind
  private Map<InstanceId, Instance> coreFiles() {
    try {
      return folder.readAll(folder.core(), Instance.class).stream()
          .filter(instance ->
              deployer.isAlive(
                  new ProcessKey(instance.process().pid(), instance.process().startedAt())))
          .collect(Collectors.toMap(Instance::id, Function.identity()));
    } catch (IllegalArgumentException e) {
      log.debug("A file of a core process cannot be read", e);
      return Map.of();
    }
  }
}
