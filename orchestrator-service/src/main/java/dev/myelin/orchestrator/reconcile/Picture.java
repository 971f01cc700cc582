package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.rollout.Versions;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.ServiceNames;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that is desired and observed at one moment.
///
/// @param now the ticker's reading
/// @param demand what is wanted
/// @param seen the instances the orchestrator is responsible for
/// @param strangers members that are not among them
/// @param waiting services whose next start has to wait because the last ones failed
/// @param stop the ordered stop, if everything is to end
public record Picture(
    long now,
    Demand demand,
    List<Seen> seen,
    List<Instance> strangers,
    Set<String> waiting,
    @Nullable Stop stop) {

  /// What is wanted.
  ///
  /// @param desired number of instances of each service, the most urgent service first
  /// @param versions which version each service is to run
  public record Demand(Map<String, Integer> desired, Versions versions) {

    /// Copies the numbers; their order stays.
    public Demand {
      desired = Collections.unmodifiableMap(new LinkedHashMap<>(desired));
    }
  }

  /// Copies the collections.
  public Picture {
    seen = List.copyOf(seen);
    strangers = List.copyOf(strangers);
    waiting = Set.copyOf(waiting);
  }

  /// A picture in which nothing has a version.
  ///
  /// @param now the ticker's reading
  /// @param desired number of instances of each service, the most urgent service first
  /// @param seen the instances the orchestrator is responsible for
  /// @param strangers members that are not among them
  /// @param waiting services whose next start has to wait
  /// @param stop the ordered stop, if everything is to end
  public Picture(
      long now,
      Map<String, Integer> desired,
      List<Seen> seen,
      List<Instance> strangers,
      Set<String> waiting,
      @Nullable Stop stop) {
    this(now, new Demand(desired, Versions.NONE), seen, strangers, waiting, stop);
  }

  /// Number of instances of each service, the most urgent service first.
  public Map<String, Integer> desired() {
    return demand.desired();
  }

  /// Which version each service is to run.
  public Versions versions() {
    return demand.versions();
  }

  /// An ordered stop.
  ///
  /// @param rest the ticker's reading at which the others wait for the fronts no longer
  /// @param cores the ticker's reading at which core processes wait for the others no longer
  /// @param until the ticker's reading at which what is left is killed
  public record Stop(long rest, long cores, long until) {}

  /// One instance.
  ///
  /// @param tracked what is known of it
  /// @param alive whether its process runs; true before there is one
  /// @param exit how it ended, if it did
  /// @param member what membership says of it, if it is listed
  /// @param inFlight calls that run or wait there, as last heard
  public record Seen(
      Tracked tracked, boolean alive, String exit, @Nullable Member member, int inFlight) {

    /// Where it takes calls, once it has registered.
    @Nullable Endpoint endpoint() {
      return member == null ? null : member.instance().endpoint();
    }

    /// Why it is to die, if anybody wants that.
    @Nullable String condemned() {
      return tracked.flag();
    }

    boolean draining() {
      return member != null && member.state() == InstanceState.DRAINING;
    }

    boolean core() {
      return tracked.service().equals(ServiceNames.CORE);
    }

    boolean front() {
      return tracked.service().equals(ServiceNames.FRONT);
    }
  }
}
