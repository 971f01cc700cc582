package dev.myelin.stethoscope.sim;

import dev.myelin.membership.Members;
import dev.myelin.stethoscope.measures.Announcements;
import dev.myelin.stethoscope.vitals.Measures;
import dev.myelin.stethoscope.vitals.Thresholds;
import dev.myelin.stethoscope.vitals.Ward;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Opinion;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A stethoscope: the production ward in a process of its own.
final class SimStethoscope {

  /// As configured where nothing else is said.
  static final Thresholds THRESHOLDS =
      new Thresholds(
          new Thresholds.Quarantine(
              Duration.ofMillis(1200),
              Duration.ofMillis(2100),
              Duration.ofSeconds(1),
              Duration.ofMillis(150)),
          new Thresholds.Flagging(Duration.ofSeconds(10), Duration.ofSeconds(20)),
          Duration.ofSeconds(1));

  final Instance instance;
  final SimProcess process;
  final Measures measures;
  final Ward ward;

  SimStethoscope(String id, SimCluster cluster) {
    instance = Members.instance(id, "s");
    process = new SimProcess(instance.id(), cluster.time);
    measures = cluster.parts.measures(new Calls(cluster));
    ward = new Ward(instance.id(), THRESHOLDS, measures, process, cluster.parts.doubt());
    process.repeat(Ward.ROUND, ward::round);
  }

  private final class Calls implements Measures {

    private final SimCluster cluster;
    private final Announcements announcements;

    Calls(SimCluster cluster) {
      this.cluster = cluster;
      this.announcements =
          new Announcements(
              cluster.pubsub, task -> cluster.time.after(cluster.pubsub.delay(), task), process);
    }

    @Override
    public CompletableFuture<Heartbeat> ask(Instance asked) {
      var target = cluster.instances.get(asked.id());
      if (target == null) {
        return CompletableFuture.failedFuture(new IllegalStateException("gone"));
      }
      return cluster.network.call(
          process,
          target.process,
          Duration.ofSeconds(2),
          target.mute,
          () ->
              target.mute
                  ? new CompletableFuture<>()
                  : CompletableFuture.completedFuture(target.pulse.last()));
    }

    @Override
    public CompletableFuture<Opinion> consult(Instance second, Instance about) {
      var other = cluster.stethoscopes.get(second.id());
      if (other == null) {
        return CompletableFuture.failedFuture(new IllegalStateException("gone"));
      }
      return cluster.network.call(
          process, other.process, Duration.ofSeconds(3), true, () -> other.ward.opinion(about));
    }

    @Override
    public CompletableFuture<Boolean> probe(Instance colleague) {
      var other = cluster.stethoscopes.get(colleague.id());
      if (other == null) {
        return CompletableFuture.failedFuture(new IllegalStateException("gone"));
      }
      return cluster.network.call(
          process,
          other.process,
          Duration.ofSeconds(1),
          false,
          () -> CompletableFuture.completedFuture(true));
    }

    @Override
    public void quarantine(InstanceId id, String reason) {
      announcements.say(new Announcement(id, Change.QUARANTINE, reason, 0));
    }

    @Override
    public void release(InstanceId id, String reason) {
      announcements.say(new Announcement(id, Change.RELEASE, reason, 0));
    }

    @Override
    public CompletableFuture<Flag.Answer> flag(Flag flag) {
      return cluster.network.call(
          process,
          cluster.orchestrator,
          Duration.ofSeconds(5),
          false,
          () -> CompletableFuture.completedFuture(cluster.flag(flag)));
    }

    @Override
    public void forget(InstanceId id) {
      announcements.forget(id);
    }
  }
}
