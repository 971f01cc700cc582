package dev.myelin.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.reconcile.Tracked.Identity;
import dev.myelin.orchestrator.reconcile.Tracked.Turn;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChangeReporterTests {

  private static final InstanceId ID = new InstanceId("shop-1");

  private final ManualTime clock = new ManualTime();
  private final List<String> told = new ArrayList<>();
  private final ChangeReporter reporter =
      new ChangeReporter(
          List.of(
              _ -> {
                throw new IllegalStateException("a listener of somebody else's");
              },
              change ->
                  told.add(
                      "%s %s %s"
                          .formatted(change.state(), change.after().toMillis(), change.reason()))),
          clock.time());

  private void report(Stage stage) {
    reporter.report(List.of(tracked(stage)), Map.of());
  }

  private static Tracked tracked(Stage stage) {
    return new Tracked(new Identity(ID, "shop", Instant.EPOCH), null, stage, 0, Turn.free(0), null);
  }

  private static Map<InstanceId, Member> member(InstanceState state) {
    var process = new Instance.ProcessIdentity(Role.INSTANCE, 42, "b1", Instant.EPOCH);
    var instance = new Instance(ID, List.of("shop"), new Endpoint("127.0.0.1", 1), null, process);
    return Map.of(ID, new Member(instance, state));
  }

  @Test
  void eachChangeIsToldOnceWithTheTimeBeforeIt() {
    report(new Stage.Spawning());
    report(new Stage.Starting());
    clock.advance(Duration.ofMillis(4_200));
    report(new Stage.Starting());
    report(new Stage.Serving());
    report(new Stage.Serving());
    clock.advance(Duration.ofSeconds(1));
    report(new Stage.Retiring("1 are enough"));
    report(new Stage.Announced(1, "1 are enough"));
    report(new Stage.Killed("hung"));
    report(new Stage.Ended("ended by signal 9"));
    report(new Stage.Ended("ended by signal 9"));
    reporter.report(List.of(), Map.of());

    assertThat(told)
        .containsExactly(
            "STARTING 0 ",
            "SERVING 4200 ",
            "DRAINING 1000 1 are enough",
            "ENDED 0 ended by signal 9");
  }

  @Test
  void quarantineAndReleaseAreTold() {
    report(new Stage.Serving());
    reporter.report(List.of(tracked(new Stage.Serving())), member(InstanceState.QUARANTINED));
    reporter.report(List.of(tracked(new Stage.Serving())), member(InstanceState.SERVING));

    assertThat(told).containsExactly("SERVING 0 ", "QUARANTINED 0 ", "SERVING 0 ");
  }

  @Test
  void forgottenChangesAreToldAnew() {
    report(new Stage.Serving());
    reporter.forget();
    report(new Stage.Serving());

    assertThat(told).hasSize(2);
  }
}
