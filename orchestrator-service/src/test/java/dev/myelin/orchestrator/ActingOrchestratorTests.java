package dev.myelin.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.ClusterLease;
import dev.myelin.orchestrator.lease.FileLeaderLease;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import dev.myelin.wire.UnaskedOrchestrator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ActingOrchestratorTests {

  private static final InstanceId SELF = new InstanceId("core-1");
  private static final InstanceId OTHER = new InstanceId("core-2");
  private static final Flag FLAG =
      new Flag(new InstanceId("shop-1"), "silent", List.of(SELF), new Flag.Census(3, 1));
  private static final Endpoint THERE = new Endpoint("127.0.0.1", 4_711);

  private final List<String> asked = new ArrayList<>();
  private boolean away;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private ClusterFolder folder;

  @SuppressWarnings("NullAway.Init")
  private FileLeaderLease lease;

  @SuppressWarnings("NullAway.Init")
  private ActingOrchestrator orchestrator;

  @BeforeEach
  void create() {
    folder = new ClusterFolder(root);
    lease = new FileLeaderLease(folder, SELF.value(), Time.system());
    orchestrator =
        new ActingOrchestrator(
            new Named("own"), SELF, lease, folder, endpoint -> new Named(endpoint.toString()));
  }

  private final class Named extends UnaskedOrchestrator {

    private final String name;

    Named(String name) {
      this.name = name;
    }

    private void answer() {
      if (away && !name.equals("own")) {
        throw new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, "away");
      }
      asked.add(name);
    }

    @Override
    public ClusterView cluster() {
      answer();
      return new ClusterView(Map.of(), CallTotals.NONE);
    }

    @Override
    public Flag.Answer flag(Flag flag) {
      answer();
      return new Flag.Answer(true, name);
    }
  }

  private void otherActs() {
    folder.write(folder.lease(), new ClusterLease(OTHER.value(), 3, 9));
    folder.write(
        folder.core(OTHER),
        new Instance(
            OTHER,
            List.of("myelin-orchestrator"),
            THERE,
            null,
            new Instance.ProcessIdentity(Role.CORE, 1, "b1", Instant.EPOCH)));
  }

  @Test
  void holderOfTheLeaseAnswersItself() {
    assertThat(lease.acquire()).isTrue();

    orchestrator.cluster();
    assertThat(orchestrator.flag(FLAG).taken()).isTrue();

    assertThat(asked).containsExactly("own", "own");
    lease.release();
  }

  @Test
  void othersPassCallsOnToTheHolder() {
    otherActs();

    orchestrator.cluster();
    assertThat(orchestrator.flag(FLAG).taken()).isTrue();

    assertThat(asked).containsExactly(THERE.toString(), THERE.toString());
  }

  @Test
  void holderThatDoesNotAnswerIsReplacedByWhatIsSeenHereButNeverForAFlag() {
    otherActs();
    away = true;

    orchestrator.cluster();

    assertThat(asked).containsExactly("own");
    assertThatThrownBy(() -> orchestrator.flag(FLAG)).isInstanceOf(CallException.class);
  }

  @Test
  void flagWhileNobodyActsIsRefused() {
    var answer = orchestrator.flag(FLAG);

    assertThat(answer.taken()).isFalse();
    assertThat(answer.reason()).contains("no orchestrator acts");
    assertThat(asked).isEmpty();
  }

  @Test
  void oneThatIsNamedAsTheHolderAndIsNotDoesNotAskItself() {
    folder.write(folder.lease(), new ClusterLease(SELF.value(), 3, 9));

    orchestrator.cluster();

    assertThat(asked).containsExactly("own");
  }
}
