package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.deploy.Exit;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch.Readings;
import dev.myelin.orchestrator.reconcile.Picture.Demand;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Picture.Stop;
import dev.myelin.orchestrator.state.SpawnRecord;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceLoad;
import dev.myelin.wire.ServiceNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts together a [Picture] of what is there.
///
/// @param whose which members are the orchestrator's to look after
/// @param roster the instances the orchestrator is responsible for
/// @param deployer tells whether their processes run
/// @param membership tells which have registered
/// @param readings tells how they are
/// @param time for the moment
record Observation(
    Whose whose,
    Roster roster,
    Deployer deployer,
    MembershipWatch membership,
    ReadingsWatch readings,
    Time time) {

  /// Which members are an orchestrator's to look after.
  ///
  /// @param self its own process: nobody's but its own
  /// @param cores whether other core processes are
  record Whose(InstanceId self, boolean cores) {

    boolean covers(SpawnRecord found) {
      return !found.id().equals(self) && (cores || !found.service().equals(ServiceNames.CORE));
    }

    private boolean covers(Instance instance) {
      return !instance.id().equals(self) && (cores || instance.process().role() != Role.CORE);
    }
  }

  /// What is there now.
  Picture picture(Demand demand, Set<String> waiting, @Nullable Stop stop) {
    var members = membership.members();
    var heard = readings.latest();
    // Read before the roster: what is buried in between is then known to it
    var seen = roster.all().stream().map(entry -> seen(entry, members, heard)).toList();
    return new Picture(time.nanos(), demand, seen, strangers(members), waiting, stop);
  }

  private Seen seen(Tracked entry, Map<InstanceId, Member> members, Readings heard) {
    var reading = heard.byId().get(entry.id());
    return new Seen(entry, alive(entry), exit(entry), members.get(entry.id()), inFlight(reading));
  }

  private boolean alive(Tracked entry) {
    var spawned = entry.spawned();
    return spawned == null
        || (!spawned.exit().toCompletableFuture().isDone()
            && (spawned.child() || deployer.isAlive(spawned.process())));
  }

  private static String exit(Tracked entry) {
    var spawned = entry.spawned();
    return spawned == null
        ? ""
        : spawned.exit().toCompletableFuture().getNow(new Exit(null)).text();
  }

  /// Calls that run or wait at an instance, as last heard; those of the platform itself are left
  /// out.
  static int inFlight(@Nullable Reading reading) {
    var heartbeat = reading == null ? null : reading.heartbeat();
    return heartbeat == null
        ? 0
        : heartbeat.served().stream()
            .filter(load -> !ServiceNames.reserved(load.service()))
            .mapToInt(ServiceLoad::inFlight)
            .sum();
  }

  private List<Instance> strangers(Map<InstanceId, Member> members) {
    return members.values().stream()
        .map(Member::instance)
        .filter(whose::covers)
        .filter(instance -> !roster.knows(instance.id()))
        .toList();
  }
}
