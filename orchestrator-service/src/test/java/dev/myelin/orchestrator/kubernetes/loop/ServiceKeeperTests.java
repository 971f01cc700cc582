package dev.myelin.orchestrator.kubernetes.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.orchestrator.kubernetes.apply.Differences;
import dev.myelin.orchestrator.kubernetes.apply.WriteFailed;
import dev.myelin.orchestrator.kubernetes.desired.DesiredObjects;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Budgets;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Share;
import dev.myelin.orchestrator.kubernetes.desired.Names;
import dev.myelin.orchestrator.kubernetes.pod.Pods;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Wakeup;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.scale.ScalingWindows;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.Instance.ProcessIdentity;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ServiceKeeperTests {

  private final SimulatedNamespace namespace = new SimulatedNamespace();
  private final ManualTime clock = new ManualTime();
  private final Known known = new Known();
  private final HeldLease lease = new HeldLease();
  private final DecisionLog decisions = new DecisionLog(10);
  private final Demanded demanded = new Demanded();
  private final ServiceKeeper keeper = keeper();
  private final KubernetesLoop loop =
      new KubernetesLoop(lease, new Wakeup(), Duration.ofMillis(250), keeper);

  private ServiceKeeper keeper() {
    var time = clock.time();
    var fleet =
        new Fleet(
            namespace,
            new MembershipWatch(known, () -> {}),
            new ReadingsWatch(Map::of, Runnable::run, time, new CallLedger()),
            time);
    var serialization = new KubernetesSerialization();
    var settings =
        new DesiredSettings(
            "core:7070",
            new Share(new Quantity("250m"), new Quantity("512Mi")),
            Duration.ofMinutes(1),
            List.of(),
            null,
            Budgets.V1);
    var second = Duration.ofSeconds(1);
    var windows = new ScalingWindows(second, second, second, second, second, second);
    return new KeeperAssembly(
            fleet,
            new DesiredObjects(settings, serialization),
            new Differences(serialization),
            namespace,
            lease)
        .assemble(
            new KeeperAssembly.Scaling(windows, decisions, demanded), Runnable::run, () -> {});
  }

  private void run(Duration duration) {
    run(duration, true);
  }

  private void run(Duration duration, boolean told) {
    var end = clock.elapsed().plus(duration);
    while (clock.elapsed().compareTo(end) < 0) {
      loop.step();
      namespace.settle();
      if (told) {
        namespace.services().forEach(it -> keeper.changed(it.service()));
      }
      clock.advance(Duration.ofMillis(250));
    }
  }

  private void service(String name, String spec) {
    namespace.put(
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"image\":\"a:1\"%s}}".formatted(name, spec));
  }

  private int replicas(String service) {
    return ((Deployment) namespace.object(service, "Deployment")).getSpec().getReplicas();
  }

  @Test
  void nothingIsDoneWithoutTheLeaseOrBeforeEverythingIsListed() {
    service("a", "");
    run(Duration.ofSeconds(1));
    assertThat(namespace.writes).isEmpty();

    lease.epoch = OptionalLong.of(1);
    namespace.complete = false;
    run(Duration.ofSeconds(1));
    assertThat(namespace.writes).isEmpty();

    namespace.complete = true;
    run(Duration.ofSeconds(5));
    assertThat(namespace.writes).contains("apply Deployment/a", "apply Service/a");
  }

  @Test
  void statusTellsWhatIsThere() {
    lease.epoch = OptionalLong.of(1);
    service("a", ",\"minInstances\":2");

    run(Duration.ofSeconds(6));

    var status = namespace.service("a").orElseThrow().getStatus();
    assertThat(status.desired()).isEqualTo(2);
    assertThat(status.ready()).isEqualTo(2);
    assertThat(status.conditions())
        .extracting(it -> it.type() + "=" + it.status() + " " + it.reason())
        .containsExactly("Ready=True AsDesired", "Reconciled=True Applied");
    assertThat(status.conditions())
        .allMatch(it -> it.lastTransitionTime() != null && it.observedGeneration() != null);
  }

  @Test
  void contradictionIsSaidAndFixedByAnEdit() {
    lease.epoch = OptionalLong.of(1);
    service("a", ",\"highWatermark\":0.1");
    run(Duration.ofSeconds(2));

    var condition = namespace.service("a").orElseThrow().getStatus().conditions().get(1);
    assertThat(condition.reason()).isEqualTo("Contradiction");
    assertThat(condition.message()).contains("highWatermark is 0.1");

    service("a", "");
    run(Duration.ofSeconds(5));
    assertThat(namespace.service("a").orElseThrow().getStatus().conditions().get(1).status())
        .isEqualTo("True");
  }

  @Test
  void idleServicesCostNoWrite() {
    lease.epoch = OptionalLong.of(1);
    for (int i = 0; i < 200; i++) {
      service("s" + i, "");
    }
    run(Duration.ofSeconds(4), false);
    assertThat(namespace.writes).filteredOn(it -> it.startsWith("apply Deployment")).hasSize(200);
    namespace.writes.clear();

    lease.epoch = OptionalLong.of(2);
    run(Duration.ofSeconds(4), false);

    assertThat(namespace.writes).as("a new leader finds everything as it should be").isEmpty();
  }

  @Test
  void userEditOfAFieldOfOursIsUndoneAndOneOfAnotherStays() {
    lease.epoch = OptionalLong.of(1);
    service("a", "");
    run(Duration.ofSeconds(3));
    var live = (Deployment) namespace.object("a", "Deployment");
    var edited = namespace.serialization.clone(live);
    edited.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("evil:1");
    namespace.replace("a", edited);

    run(Duration.ofSeconds(3));

    var after = (Deployment) namespace.object("a", "Deployment");
    assertThat(after.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
        .isEqualTo("a:1");
    var own = namespace.serialization.clone(after);
    own.getSpec().setPaused(true);
    namespace.replace("a", own);
    namespace.writes.clear();
    run(Duration.ofSeconds(3));
    assertThat(namespace.writes).isEmpty();
  }

  @Test
  void chosenPodIsOutOfServiceBeforeTheNumberGoesDown() {
    lease.epoch = OptionalLong.of(1);
    service("a", ",\"minInstances\":3");
    run(Duration.ofSeconds(4));
    namespace.writes.clear();

    service("a", ",\"minInstances\":1,\"maxInstances\":2");
    run(Duration.ofSeconds(6));

    var gate = namespace.writes.stream().filter(it -> it.endsWith("Retiring")).findFirst();
    var chosen = gate.orElseThrow().split(" ", -1)[1];
    assertThat(namespace.writes)
        .containsSubsequence(
            "cost " + chosen + " -1000", "gate " + chosen + " Retiring", "scale a to 2")
        .contains("event a ScaledDown");
    assertThat(namespace.pods).hasSize(2).doesNotContainKey(chosen);
    assertThat(decisions.records()).hasSize(1);
  }

  @Test
  void newLeaderGoesOnWithTheNumberThatIsThere() {
    lease.epoch = OptionalLong.of(1);
    service("a", ",\"maxInstances\":5");
    run(Duration.ofSeconds(3));
    var scaled = namespace.serialization.clone((Deployment) namespace.object("a", "Deployment"));
    scaled.getSpec().setReplicas(4);
    namespace.replace("a", scaled);

    lease.epoch = OptionalLong.of(2);
    run(Duration.ofSeconds(1));

    assertThat(replicas("a")).isEqualTo(4);
  }

  @Test
  void numberOfAnExternallyScaledServiceIsLeftAlone() {
    lease.epoch = OptionalLong.of(1);
    service("a", ",\"scaling\":\"external\"");
    run(Duration.ofSeconds(3));
    var scaled = namespace.serialization.clone((Deployment) namespace.object("a", "Deployment"));
    scaled.getSpec().setReplicas(4);
    namespace.replace("a", scaled);

    run(Duration.ofSeconds(5));

    assertThat(namespace.writes).noneMatch(it -> it.startsWith("scale"));
    assertThat(namespace.service("a").orElseThrow().getStatus().desired()).isEqualTo(4);
  }

  @Test
  void serviceWithoutInstanceGetsOneWhenCalled() {
    lease.epoch = OptionalLong.of(1);
    service("a", ",\"minInstances\":0");
    run(Duration.ofSeconds(3));
    assertThat(replicas("a")).isEqualTo(0);

    demanded.add("a");
    run(Duration.ofSeconds(1));

    assertThat(replicas("a")).isEqualTo(1);
    assertThat(namespace.writes).contains("event a ScaledUp");
  }

  @Test
  void quarantineTakesAPodOutOfServiceAndItsEndBack() {
    lease.epoch = OptionalLong.of(1);
    service("a", ",\"minInstances\":3");
    run(Duration.ofSeconds(4));
    var pod = namespace.pods("a").getFirst().getMetadata().getName();

    known.put("a", pod, InstanceState.QUARANTINED);
    run(Duration.ofSeconds(2));
    assertThat(Pods.ready(namespace.pod(pod).orElseThrow())).isFalse();
    assertThat(Pods.condition(namespace.pod(pod).orElseThrow(), Names.IN_SERVICE))
        .get()
        .extracting(it -> it.getReason())
        .isEqualTo("Quarantined");

    known.put("a", pod, InstanceState.SERVING);
    run(Duration.ofSeconds(2));
    assertThat(Pods.ready(namespace.pod(pod).orElseThrow())).isTrue();
  }

  @Test
  void failedWritesAreTriedAgainAndSaid() {
    lease.epoch = OptionalLong.of(1);
    service("a", "");
    namespace.failure =
        new WriteFailed(WriteFailed.Why.UNAVAILABLE, "Cannot write Service 'a': away", null);
    run(Duration.ofSeconds(2));
    namespace.failure = null;

    run(Duration.ofSeconds(10));

    assertThat(namespace.writes).contains("apply Deployment/a");
    assertThat(namespace.service("a").orElseThrow().getStatus().conditions().get(1).status())
        .isEqualTo("True");
  }

  @Test
  void whatALaterLeaderHasWrittenIsNotTouched() {
    lease.epoch = OptionalLong.of(5);
    service("a", "");
    run(Duration.ofSeconds(3));
    namespace.writes.clear();

    lease.epoch = OptionalLong.of(4);
    service("a", ",\"args\":[\"--old\"]");
    run(Duration.ofSeconds(3));

    assertThat(namespace.writes).noneMatch(it -> it.startsWith("apply"));
  }

  private static final class HeldLease implements LeaderLease {

    OptionalLong epoch = OptionalLong.empty();

    @Override
    public boolean acquire() {
      return epoch.isPresent();
    }

    @Override
    public boolean renew() {
      return epoch.isPresent();
    }

    @Override
    public OptionalLong epoch() {
      return epoch;
    }

    @Override
    public Optional<String> holder() {
      return Optional.empty();
    }

    @Override
    public void release() {
      epoch = OptionalLong.empty();
    }
  }

  private static final class Known implements Resolver {

    private final Map<String, Consumer<Snapshot>> listeners = new HashMap<>();

    void put(String service, String pod, InstanceState state) {
      var instance =
          new Instance(
              new InstanceId(pod),
              List.of(service),
              new Endpoint("10.0.0.1", 7070),
              null,
              new ProcessIdentity(Role.INSTANCE, 1, "b", Instant.EPOCH));
      listeners
          .getOrDefault(service, _ -> {})
          .accept(new Snapshot(1, List.of(new Member(instance, state))));
    }

    @Override
    public Snapshot snapshot(String service) {
      return Snapshot.EMPTY;
    }

    @Override
    public Snapshot awaitChange(String service, Snapshot before, Duration limit) {
      return before;
    }

    @Override
    public AutoCloseable listen(String service, Consumer<Snapshot> listener) {
      listeners.put(service, listener);
      return () -> {};
    }
  }
}
