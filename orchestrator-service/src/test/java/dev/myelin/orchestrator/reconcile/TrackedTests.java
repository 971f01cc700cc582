package dev.myelin.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TrackedTests {

  private static final InstanceId ID = new InstanceId("price-list-a");

  private static Tracked in(Stage stage) {
    var identity = new Tracked.Identity(ID, "price-list", Instant.EPOCH);
    return new Tracked(identity, null, stage, 0, Tracked.Turn.free(0), null);
  }

  private static Member member(InstanceState state) {
    var process = new Instance.ProcessIdentity(Role.INSTANCE, 42, "b1", Instant.EPOCH);
    var endpoint = new Endpoint("127.0.0.1", 4_000);
    return new Member(new Instance(ID, List.of("price-list"), endpoint, null, process), state);
  }

  @ParameterizedTest
  @EnumSource
  void stateWhenServingIsTheOneThatIsListed(InstanceState listed) {
    assertThat(in(new Stage.Serving()).state(member(listed))).contains(listed);
    assertThat(in(new Stage.Serving()).shown(member(listed))).contains(listed);
  }

  @Test
  void shownWhenServingAndNotListedIsQuarantinedSinceNobodyCanCallIt() {
    assertThat(in(new Stage.Serving()).shown(null)).contains(InstanceState.QUARANTINED);
  }

  @Test
  void stateWhenNotServingIsThatOfTheStageWhateverIsListed() {
    var serving = member(InstanceState.SERVING);

    assertThat(in(new Stage.Starting()).state(serving)).contains(InstanceState.STARTING);
    assertThat(in(new Stage.Draining(0, "")).state(serving)).contains(InstanceState.DRAINING);
    assertThat(in(new Stage.Ended("")).state(serving)).isEmpty();
  }
}
