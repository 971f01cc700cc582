package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.orchestrator.deploy.SpawnOrder.Version;
import dev.myelin.orchestrator.deploy.Spawned;
import dev.myelin.orchestrator.reconcile.Tracked.Identity;
import dev.myelin.orchestrator.reconcile.Tracked.Turn;
import dev.myelin.orchestrator.rollout.Rollouts;
import dev.myelin.orchestrator.state.InstanceIds;
import dev.myelin.orchestrator.state.SpawnRecord;
import dev.myelin.orchestrator.state.SpawnRecords;
import dev.myelin.wire.Instance;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Actions on processes: start, find again, end.
final class ProcessSteps {

  private static final Logger log = LoggerFactory.getLogger(ProcessSteps.class);

  private final Steps steps;
  private final Deployer deployer;
  private final SpawnRecords records;
  private final InstanceIds ids;
  private final Starts starts;

  /// What has to be known of starts.
  ///
  /// @param backoff how long services have to wait
  /// @param failures what has failed
  /// @param rollouts which version to start
  record Starts(StartBackoff backoff, StartFailures failures, Rollouts rollouts) {}

  ProcessSteps(
      Steps steps, Deployer deployer, SpawnRecords records, InstanceIds ids, Starts starts) {
    this.steps = steps;
    this.deployer = deployer;
    this.records = records;
    this.ids = ids;
    this.starts = starts;
  }

  /// Starts a process. The instance is in the roster at once, so that it is not started twice.
  void spawn(long epoch, String service) {
    var time = steps.time();
    var versions = starts.rollouts().versions();
    var identity = new Identity(ids.next(service), service, time.now(), versions.of(service));
    var entry =
        new Tracked(
            identity, null, new Stage.Spawning(), time.nanos(), Turn.free(time.nanos()), null);
    steps.roster().add(entry);
    var jar = versions.jars().getOrDefault(identity.version(), "");
    var version = new Version(identity.version(), jar.isEmpty() ? null : Path.of(jar));
    steps.begin(epoch, entry, () -> spawn(epoch, entry, version));
  }

  private void spawn(long epoch, Tracked entry, Version version) {
    try {
      var spawned =
          deployer.spawn(
              switch (entry.service()) {
                case ServiceNames.FRONT ->
                    new SpawnOrder(entry.id(), Role.FRONT, List.of(), epoch, version);
                case ServiceNames.CORE ->
                    new SpawnOrder(entry.id(), Role.CORE, List.of(), epoch, version);
                case String service ->
                    new SpawnOrder(entry.id(), Role.INSTANCE, List.of(service), epoch, version);
              });
      store(epoch, entry, spawned);
      begin(entry, spawned, new Stage.Starting());
    } catch (RuntimeException e) {
      var wait = starts.backoff().failed(entry.service());
      starts
          .failures()
          .note(
              new StartFailure(
                  entry.service(),
                  version.name(),
                  entry.id(),
                  steps.time().now(),
                  "could not be started: " + e.getMessage(),
                  List.of()));
      log.error(
          "instance={} service={} could not be started; next attempt in {} s",
          entry.id(),
          entry.service(),
          wait.toSeconds(),
          e);
      steps.forget(entry.id());
    }
  }

  // A process without a record would be nobody's once this JVM is gone
  private void store(long epoch, Tracked entry, Spawned spawned) {
    try {
      records.store(
          new SpawnRecord(
              entry.id(), entry.service(), spawned.process(), epoch, entry.identity().version()));
    } catch (RuntimeException e) {
      deployer.kill(spawned.process());
      throw e;
    }
  }

  private void begin(Tracked entry, Spawned spawned, Stage stage) {
    steps
        .roster()
        .update(entry.id(), current -> current.withProcess(spawned, stage, steps.time().nanos()));
    steps.wake().run();
    spawned.exit().thenAccept(_ -> steps.wake().run());
  }

  /// Takes over what an earlier orchestrator recorded; removes it where it has ended.
  void recover(SpawnRecord found) {
    var entry =
        add(
            new Identity(
                found.id(), found.service(), found.process().startedAt(), found.version()));
    deployer
        .adopt(found.id(), found.process())
        .ifPresentOrElse(
            spawned -> begin(entry, spawned, new Stage.Adopting(false)),
            () -> steps.advance(entry, new Stage.Ended("ended while nobody watched")));
  }

  /// Takes over a member that nobody recorded; removes it from membership where it has ended.
  void adopt(long epoch, Instance stranger) {
    var process = stranger.process();
    var service = Staffing.serviceOf(stranger);
    var version = starts.rollouts().versionOf(service, process.build());
    var entry = add(new Identity(stranger.id(), service, process.startedAt(), version));
    steps.begin(
        epoch,
        entry,
        () ->
            deployer
                .adopt(stranger.id(), new ProcessKey(process.pid(), process.startedAt()))
                .ifPresentOrElse(
                    spawned -> {
                      store(epoch, entry, spawned);
                      begin(entry, spawned, new Stage.Adopting(false));
                    },
                    () -> steps.advance(entry, new Stage.Ended("ended while nobody watched"))));
  }

  private Tracked add(Identity identity) {
    long now = steps.time().nanos();
    var entry = new Tracked(identity, null, new Stage.Spawning(), now, Turn.free(now), null);
    steps.roster().add(entry);
    return entry;
  }

  /// Ends a process at once.
  void kill(long epoch, Tracked entry, String reason) {
    var spawned = entry.spawned();
    var killed = steps.enter(entry, new Stage.Killed(reason));
    if (spawned != null) {
      steps.begin(
          epoch,
          killed,
          () -> {
            deployer.kill(spawned.process());
            steps.later(killed, Duration.ZERO);
          });
    }
  }

  /// Asks a process to end, by a signal.
  void terminate(Tracked entry) {
    var spawned = entry.spawned();
    if (spawned != null) {
      deployer.terminate(spawned.process());
    }
  }
}
