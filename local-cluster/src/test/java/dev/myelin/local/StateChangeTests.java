package dev.myelin.local;

import static dev.myelin.local.Views.EMPTY;
import static dev.myelin.local.Views.in;
import static dev.myelin.local.Views.merged;
import static dev.myelin.local.Views.serving;
import static dev.myelin.local.Views.starting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.CallTotals;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateChangeTests {

  private static List<String> changes(ClusterView before, ClusterView after) {
    return StateChange.between(before, after).stream()
        .map(change -> change.instance().id() + " " + change.state())
        .toList();
  }

  @Test
  void instanceWhenItAppearsChangesItsStateAndGoesIsReportedEachTime() {
    var before =
        merged(Views.of("a", starting("a-1"), serving("a-2")), Views.of("b", serving("b-1")));
    var after =
        merged(
            Views.of("a", serving("a-1"), in(InstanceState.QUARANTINED, serving("a-2"))),
            Views.of("c", starting("c-1")));

    assertThat(changes(before, after))
        .containsExactly("b-1 gone", "a-1 serving", "a-2 quarantined", "c-1 starting");
  }

  @Test
  void instanceWhenOnlyItsLoadChangesIsNotReported() {
    var busy =
        new InstanceView(
            new InstanceId("a-1"), 4711, "127.0.0.1:1", InstanceState.SERVING, 99, Views.NOW);

    assertThat(changes(Views.of("a", serving("a-1")), Views.of("a", busy))).isEmpty();
  }

  @Test
  void instanceWhenItHostsSeveralServicesIsReportedOnce() {
    var core = serving("local-1");
    var view =
        new ClusterView(
            Map.of("myelin-pubsub", List.of(core), "myelin-orchestrator", List.of(core)),
            CallTotals.NONE);

    assertThat(changes(EMPTY, view)).containsExactly("local-1 serving");
    assertThat(changes(view, EMPTY)).containsExactly("local-1 gone");
  }

  @Test
  void placeWhenPartlyUnknownSaysWhatIsKnown() {
    var nowhere =
        new InstanceView(new InstanceId("a-1"), 0, null, InstanceState.STARTING, 0, Views.NOW);

    assertThat(new StateChange(serving("a"), "serving").place())
        .isEqualTo("127.0.0.1:41213 pid 4711");
    assertThat(new StateChange(starting("a"), "starting").place()).isEqualTo("pid 4712");
    assertThat(new StateChange(nowhere, "starting").place()).isEmpty();
  }
}
