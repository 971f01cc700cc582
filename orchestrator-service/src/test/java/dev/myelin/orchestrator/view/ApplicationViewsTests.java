package dev.myelin.orchestrator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.reconcile.StartFailures;
import dev.myelin.orchestrator.rollout.ApplicationVersion;
import dev.myelin.orchestrator.rollout.RolloutDesk;
import dev.myelin.orchestrator.rollout.RolloutStore;
import dev.myelin.orchestrator.rollout.Rollouts;
import dev.myelin.orchestrator.state.SpawnRecord;
import dev.myelin.orchestrator.state.SpawnRecords;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationView.Progress;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an orchestrator says that does not act: all of it is in the folder.
final class ApplicationViewsTests {

  private static final ApplicationDescription SHOP =
      new ApplicationDescription("shop", "b1", List.of());

  private final ManualTime clock = new ManualTime();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private ClusterFolder folder;

  @SuppressWarnings("NullAway.Init")
  private ApplicationViews views;

  @SuppressWarnings("NullAway.Init")
  private RolloutDesk desk;

  @BeforeEach
  void create() {
    folder = new ClusterFolder(root);
    desk = new RolloutDesk(new RolloutStore(folder), _ -> SHOP, clock.time(), () -> {});
    views = new ApplicationViews(desk, folder);
  }

  private Rollouts acting() {
    var launched = new ApplicationVersion("v1", "shop.jar", Instant.EPOCH, SHOP);
    var rollouts = new Rollouts(new RolloutStore(folder), launched, clock.time());
    rollouts.begin(1, false);
    return rollouts;
  }

  private void store(String id, String service, String version) {
    new SpawnRecords(folder)
        .store(
            new SpawnRecord(
                new InstanceId(id), service, new ProcessKey(1, Instant.EPOCH), 1, version));
  }

  @Test
  void nothingIsKnownUntilSomebodyActs() {
    assertThat(views.application()).isEmpty();
    acting();
    assertThat(views.application().orElseThrow().current().version()).isEqualTo("v1");
    assertThat(views.application().orElseThrow().rollout()).isNull();
  }

  @Test
  void progressIsCountedByService() throws Exception {
    var rollouts = acting();
    desk.rollOut("shop", Files.writeString(root.resolve("new.jar"), "jar"));
    rollouts.takeUp();
    store("tax-1", "tax", "v1");
    store("tax-2", "tax", "v2");
    store("tax-3", "tax", "v2");
    store("front-1", "front", "v1");
    store("core-1", "myelin-core", "");

    var rollout = Objects.requireNonNull(views.application().orElseThrow().rollout());

    assertThat(rollout.services())
        .containsExactly(new Progress("front", 0, 1), new Progress("tax", 2, 1));
  }

  @Test
  void failedStartsAreRead() throws Exception {
    var failure =
        new StartFailure("tax", "v1", new InstanceId("tax-1"), Instant.EPOCH, "died", List.of("a"));
    folder.write(StartFailures.in(folder).resolve("tax.json"), failure);
    assertThat(views.failures()).containsExactly(failure);

    Files.writeString(StartFailures.in(folder).resolve("a.json"), "{");
    assertThat(views.failures()).isEmpty();
  }
}
