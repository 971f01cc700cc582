package dev.myelin.orchestrator.kubernetes.answer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.kubernetes.OneAttempt;
import dev.myelin.orchestrator.flag.FlagMemory;
import dev.myelin.orchestrator.kubernetes.desired.Names;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// What was killed within the last minute, as the Events of the namespace tell it. Thread-safe.
///
/// They are read once for each time that this process begins to act; what it kills itself is for
/// others. Whoever kills a pod writes its Event.
public final class EventFlags implements FlagMemory {

  /// Reason of an Event about a pod that was killed because it did not answer any more.
  public static final String REASON = "Killed";

  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final Supplier<List<Event>> kills;
  private final LeaderLease lease;
  private final Time time;

  @GuardedBy("this")
  private OptionalLong epoch = OptionalLong.empty();

  @GuardedBy("this")
  private Map<InstanceId, Instant> taken = Map.of();

  EventFlags(Supplier<List<Event>> kills, LeaderLease lease, Time time) {
    this.kills = kills;
    this.lease = lease;
    this.time = time;
  }

  /// Reads the Events of a namespace.
  ///
  /// @param client of the API
  /// @param namespace where they are
  /// @param lease under which this process acts
  /// @param time to compare their dates with
  public static EventFlags of(
      KubernetesClient client, String namespace, LeaderLease lease, Time time) {
    // a stethoscope waits for the answer, and every other one behind it
    var once = OneAttempt.of(client, LIMIT);
    return new EventFlags(
        () ->
            once.v1().events().inNamespace(namespace).withField("reason", REASON).list().getItems(),
        lease,
        time);
  }

  /// As the interface says; blocks where they have to be read.
  ///
  /// @throws io.fabric8.kubernetes.client.KubernetesClientException if they cannot be
  @Override
  public synchronized Map<InstanceId, Duration> recall() {
    var held = lease.epoch();
    if (!held.equals(epoch)) {
      taken = read();
      epoch = held;
    }
    var now = time.now();
    var ages = new HashMap<InstanceId, Duration>();
    taken.forEach((id, at) -> ages.put(id, Duration.between(at, now)));
    return ages;
  }

  private Map<InstanceId, Instant> read() {
    var read = new HashMap<InstanceId, Instant>();
    for (var event : kills.get()) {
      if (event.getSource() != null
          && Names.MANAGER.equals(event.getSource().getComponent())
          && event.getRelated() != null
          && event.getLastTimestamp() != null) {
        read.put(
            new InstanceId(event.getRelated().getName()), Instant.parse(event.getLastTimestamp()));
      }
    }
    return read;
  }

  @Override
  public void keep(Map<InstanceId, Duration> ages) {}
}
