package dev.myelin.membership;

import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes this process an instance of the cluster: registers it, beats, and says goodbye.
///
/// - Registration is retried with backoff until it succeeds.
/// - Heartbeats leave once a second from a platform thread of their own, so that a process that is
///   busy but alive is heard.
/// - Neither a slow pubsub nor a slow stethoscope holds up the other, or a caller of this class.
///
/// Thread-safe. Belongs together with [MembershipFeed#onConnected]:
/// `feed.onConnected(agent::register)` registers again whenever the connection to pubsub was lost
/// or its log began anew.
public final class InstanceAgent {

  private final Registration registration;
  private final Pulse pulse;
  private final AtomicBoolean started = new AtomicBoolean();

  /// Creates one, which says nothing before it is started.
  ///
  /// @param instance this process, as callers shall see it
  /// @param pubsub gets pubsub or a stand-in for it
  /// @param stethoscopes where to beat
  /// @param load where the heartbeats' figures come from
  public InstanceAgent(
      Instance instance, Supplier<PubSub> pubsub, StethoscopeLine stethoscopes, LoadSource load) {
    this(
        new Registration(
            instance,
            pubsub,
            SerialScheduler.onThread("myelin-registration"),
            RandomGenerator.getDefault()),
        new Pulse(instance.id(), stethoscopes, load, SerialScheduler.onThread("myelin-heartbeat")));
  }

  InstanceAgent(Registration registration, Pulse pulse) {
    this.registration = registration;
    this.pulse = pulse;
  }

  /// Registers and begins to beat: to be called once the process takes calls. Returns at once;
  /// without effect the second time.
  public void start() {
    if (started.compareAndSet(false, true)) {
      registration.register();
      pulse.start();
    }
  }

  /// Deregisters processes that ended without having left, as soon as this one is registered.
  ///
  /// @param ended ids that nobody uses any more
  public void forget(Collection<InstanceId> ended) {
    registration.forget(ended);
  }

  /// Registers again; without effect before the start and after the leave.
  public void register() {
    if (started.get()) {
      registration.register();
    }
  }

  /// Whether pubsub has known this process at least once.
  public boolean registered() {
    return registration.registered();
  }

  /// The last heartbeat taken.
  public Heartbeat heartbeat() {
    return pulse.last();
  }

  /// Deregisters and stops beating. Waits for pubsub's answer, but not longer than the limit; a
  /// failure is logged, not thrown, since the process ends either way.
  ///
  /// @param limit how long to wait at most
  public void leave(Duration limit) {
    if (started.get()) {
      registration.leave(limit);
    }
    registration.close();
    pulse.close();
  }
}
