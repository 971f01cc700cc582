package dev.myelin.stethoscope.measures;

import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContract;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.stethoscope.vitals.Measures;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceControl;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.PubSub;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Measures that are calls: of the instance itself, of pubsub, and of the orchestrator.
public final class CalledMeasures implements Measures {

  /// Guards against a call that outlives its own deadline.
  private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

  private final ServiceClients clients;
  private final Supplier<ServiceContract> control;
  private final Supplier<Orchestrator> orchestrator;
  private final Executor threads;
  private final Announcements announcements;

  /// Creates them.
  ///
  /// @param clients makes stand-ins for instances
  /// @param control gets the contract of [InstanceControl]
  /// @param pubsub takes announcements
  /// @param orchestrator gets whoever takes flags
  /// @param scheduler the ward's
  /// @param threads runs each task on a thread that may block
  public CalledMeasures(
      ServiceClients clients,
      Supplier<ServiceContract> control,
      PubSub pubsub,
      Supplier<Orchestrator> orchestrator,
      SerialScheduler scheduler,
      Executor threads) {
    this.clients = clients;
    this.control = control;
    this.orchestrator = orchestrator;
    this.threads = threads;
    this.announcements = new Announcements(pubsub, threads, scheduler);
  }

  @Override
  public CompletableFuture<Heartbeat> ask(Instance instance) {
    return limited(
        CompletableFuture.supplyAsync(
            () -> ((InstanceControl) clients.standIn(control.get(), instance.endpoint())).check(),
            threads));
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
  public CompletableFuture<?> flag(InstanceId id, String reason) {
    return limited(CompletableFuture.runAsync(() -> orchestrator.get().flag(id, reason), threads));
  }

  @Override
  public void forget(InstanceId id) {
    announcements.forget(id);
  }

  private static <T> CompletableFuture<T> limited(CompletableFuture<T> call) {
    return call.orTimeout(LONGEST_CALL.toNanos(), TimeUnit.NANOSECONDS);
  }
}
