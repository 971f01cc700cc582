package dev.myelin.orchestrator.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.rollout.RolloutTable.Row;
import dev.myelin.orchestrator.rollout.Versions.Order;
import dev.myelin.orchestrator.state.UnusableApplicationException;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationView.Phase;
import dev.myelin.wire.RolloutAnswer.Verdict;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RolloutsTests {

  private static final RolloutEvent REPLACED = new RolloutEvent.Replaced();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private RolloutStore store;

  @SuppressWarnings("NullAway.Init")
  private Rollouts rollouts;

  private final ManualTime clock = new ManualTime();
  private ApplicationDescription answer = description("b2");
  private int wakes;

  @BeforeEach
  void begin() {
    store = new RolloutStore(new ClusterFolder(root));
    rollouts = rollouts("b1");
    rollouts.begin(1, false);
  }

  private static ApplicationDescription description(String build) {
    return new ApplicationDescription("shop", build, List.of());
  }

  private Rollouts rollouts(String build) {
    return new Rollouts(
        store,
        new ApplicationVersion("v1", "shop-" + build + ".jar", Instant.EPOCH, description(build)),
        clock.time());
  }

  private RolloutDesk desk() {
    return new RolloutDesk(store, _ -> answer, clock.time(), () -> wakes++);
  }

  private Verdict ask(String application) throws Exception {
    var jar = Files.writeString(root.resolve("new.jar"), "jar");
    return desk().rollOut(application, jar).verdict();
  }

  private void roll() throws Exception {
    clock.advance(Duration.ofSeconds(1));
    assertThat(ask("shop")).isEqualTo(Verdict.ACCEPTED);
    assertThat(rollouts.takeUp()).isTrue();
  }

  private Rollout rollout() {
    return Objects.requireNonNull(store.load().orElseThrow().rollout());
  }

  private Phase storedPhase() {
    return rollout().phase();
  }

  @Test
  void everyRowOfTheTableIsTaken() throws Exception {
    var taken = new HashSet<Row>();
    List<RolloutEvent> objections =
        List.of(
            new RolloutEvent.StartsFailed("starts"),
            new RolloutEvent.ErrorsExceeded("errors"),
            new RolloutEvent.Undone("undone"));

    roll();
    taken.add(step(REPLACED));
    for (var objection : objections) {
      roll();
      taken.add(step(objection));
      assertThat(rollouts.versions().order()).isEqualTo(Order.FRONT_FIRST);
      objections.forEach(event -> assertThat(rollouts.happened(event)).isFalse());
      taken.add(step(REPLACED));
      assertThat(rollout().reason()).isEqualTo(objection.reason());
    }

    assertThat(taken).containsExactlyInAnyOrderElementsOf(RolloutTable.ROWS);
  }

  private Row step(RolloutEvent event) {
    var from = storedPhase();
    assertThat(rollouts.happened(event)).isTrue();
    return new Row(from, event.kind(), storedPhase());
  }

  @Test
  void versionThatRunsChangesWhenAllAreReplaced() throws Exception {
    assertThat(rollouts.versions().of(ServiceNames.FRONT)).isEqualTo("v1");

    roll();
    assertThat(wakes).isEqualTo(1);
    assertThat(rollouts.versions().of(ServiceNames.FRONT)).isEqualTo("v2");
    assertThat(store.load().orElseThrow().current().name()).isEqualTo("v1");
    rollouts.happened(REPLACED);

    assertThat(store.load().orElseThrow().current().name()).isEqualTo("v2");
    assertThat(rollouts.phase()).isNull();
    assertThat(rollouts.versionOf(ServiceNames.FRONT, "b2")).isEqualTo("v2");
    assertThat(rollouts.versionOf(ServiceNames.FRONT, "b1")).isEqualTo("v1");
    assertThat(rollouts.versionOf(ServiceNames.FRONT, "b0")).isEmpty();
    assertThat(rollouts.versionOf("myelin-core", "b2")).isEmpty();
  }

  @Test
  void secondRolloutIsRefusedUntilTheFirstHasEnded() throws Exception {
    assertThat(desk().rollBack("shop", "x").verdict()).isEqualTo(Verdict.CONFLICT);
    assertThat(ask("shop")).isEqualTo(Verdict.ACCEPTED);
    assertThat(ask("shop")).isEqualTo(Verdict.CONFLICT);
    rollouts.takeUp();
    assertThat(ask("shop")).isEqualTo(Verdict.CONFLICT);

    assertThat(desk().rollBack("shop", "a mistake").verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(rollouts.takeUp()).isTrue();
    assertThat(rollouts.phase()).isEqualTo(Phase.ROLLING_BACK);
    rollouts.happened(REPLACED);

    assertThat(ask("shop")).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void twoWishesAtOnceAreOneRollout() throws Exception {
    store.ask(new RolloutRequest("a.jar", description("b2"), "", Instant.ofEpochMilli(1)));
    store.ask(new RolloutRequest("b.jar", description("b3"), "", Instant.ofEpochMilli(2)));

    rollouts.takeUp();

    assertThat(rollout().to().jar()).isEqualTo("a.jar");
    assertThat(store.asked()).isFalse();
  }

  @Test
  void otherApplicationIsRefused() throws Exception {
    assertThat(ask("bank")).isEqualTo(Verdict.UNKNOWN_APPLICATION);
    answer = new ApplicationDescription("bank", "b2", List.of());
    assertThat(ask("shop")).isEqualTo(Verdict.UNUSABLE_JAR);
    assertThat(jars()).isEmpty();
  }

  @Test
  void jarThatCannotBeRunIsRefusedWithTheReason() throws Exception {
    var desk =
        new RolloutDesk(
            store,
            _ -> {
              throw new UnusableApplicationException("no starter in it", "add it");
            },
            clock.time(),
            () -> {});
    var jar = Files.writeString(root.resolve("new.jar"), "jar");

    var answered = desk.rollOut("shop", jar);

    assertThat(answered.verdict()).isEqualTo(Verdict.UNUSABLE_JAR);
    assertThat(answered.detail()).isEqualTo("no starter in it");
    assertThat(desk.rollOut("shop", root.resolve("none.jar")).verdict())
        .isEqualTo(Verdict.UNUSABLE_JAR);
    assertThat(jars()).isEmpty();
  }

  private List<Path> jars() throws Exception {
    try (var files = Files.list(store.jars())) {
      return files.toList();
    }
  }

  @Test
  void jarIsCopiedAndOldCopiesGo() throws Exception {
    roll();
    rollouts.happened(REPLACED);
    roll();
    rollouts.happened(REPLACED);
    assertThat(jars()).hasSize(2);
    roll();

    assertThat(jars())
        .extracting(Path::toString)
        .containsExactlyInAnyOrderElementsOf(Set.of(rollout().from().jar(), rollout().to().jar()));
  }

  @Test
  void takeoverGoesOnFromTheFolder() throws Exception {
    roll();
    var next = rollouts("b1");
    next.begin(2, true);

    assertThat(next.phase()).isEqualTo(Phase.ROLLING);
    assertThat(next.versions()).isEqualTo(rollouts.versions());
    // the first one is late
    assertThatIllegalStateException()
        .isThrownBy(() -> rollouts.happened(REPLACED))
        .withMessageContaining("epoch 2");
  }

  @Test
  void otherJarAtTheStartCountsWhereNothingRuns() throws Exception {
    roll();
    rollouts.happened(REPLACED);

    var beside = rollouts("b7");
    beside.begin(2, true);
    assertThat(beside.wanted()).isEqualTo("v2");

    var anew = rollouts("b7");
    anew.begin(3, false);
    assertThat(anew.wanted()).isEqualTo("v3");
    assertThat(store.load().orElseThrow().rollout()).isNull();
  }

  @Test
  void clusterThatEndedInOrderBeginsWithItsJar() throws Exception {
    roll();
    rollouts.happened(REPLACED);
    rollouts.end();

    var next = rollouts("b1");
    next.begin(2, false);

    assertThat(next.wanted()).isEqualTo("v1");
    assertThat(jars()).isEmpty();
  }

  @Test
  void damagedStateIsBegunAnew() throws Exception {
    Files.writeString(root.resolve("application.json"), "{");

    var next = rollouts("b1");
    next.begin(2, true);

    assertThat(next.wanted()).isEqualTo("v1");
  }

  @Test
  void orchestratorActsWhereTheFolderCannotBeUsed() throws Exception {
    Files.delete(root.resolve("application.json"));
    Files.createDirectories(root.resolve("application.json/x"));

    var next = rollouts("b1");
    next.begin(2, true);

    assertThat(next.versions()).isEqualTo(Versions.NONE);
    assertThat(next.services()).isEmpty();
    assertThat(next.phase()).isNull();
  }

  @Test
  void orchestratorOfAnOldEpochDoesNotTakeTheFoldersPlace() {
    rollouts("b1").begin(5, false);

    var late = rollouts("b1");
    late.begin(4, true);

    assertThat(late.wanted()).isEqualTo("v1");
    assertThat(store.load().orElseThrow().epoch()).isEqualTo(5);
  }
}
