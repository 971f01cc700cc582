package dev.myelin.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.flag.FlagGate;
import dev.myelin.orchestrator.lease.FileLeaderLease;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Flag.Census;
import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kills are counted across orchestrators.
final class FolderFlagsTests {

  private static final InstanceId ONE = new InstanceId("core-1");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualTime clock = new ManualTime();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  private final class Leader implements AutoCloseable {

    private final FileLeaderLease lease =
        new FileLeaderLease(new ClusterFolder(root), "core-1", clock.time());
    private final FlagGate gate =
        new FlagGate(new FolderFlags(new ClusterFolder(root), lease, clock.time()));

    Leader() {
      assertThat(lease.acquire()).isTrue();
    }

    boolean takes(String id, int instances) {
      var flag = new Flag(new InstanceId(id), "silent", List.of(ONE), new Census(instances, 1));
      var situation = new FlagGate.Situation(Set.of(ONE), new Census(instances, 1));
      return gate.decide(flag, situation, clock.time().nanos()).taken();
    }

    @Override
    public void close() {
      lease.release();
    }
  }

  @Test
  void nextOrchestratorCountsWhatTheOneBeforeHasTaken() {
    try (var first = new Leader()) {
      assertThat(first.takes("a", 3)).isTrue();
    }
    clock.advance(Duration.ofSeconds(59));

    try (var second = new Leader()) {
      assertThat(second.takes("b", 3)).isFalse();
      // one that was flagged within the minute costs nothing
      assertThat(second.takes("a", 3)).isTrue();
      clock.advance(Duration.ofSeconds(1));
      assertThat(second.takes("b", 3)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neverMoreThanATenthIsTakenInAnyMinuteHoweverOftenOrchestratorsChange(long seed) {
    var random = new Random(seed);
    int instances = 20 + random.nextInt(60);
    var taken = new ArrayDeque<Duration>();
    var leader = new Leader();
    int all = 0;
    for (int i = 0; i < 300; i++) {
      clock.advance(Duration.ofMillis(random.nextInt(3_000)));
      if (random.nextInt(5) == 0) {
        leader.close();
        leader = new Leader();
      }
      if (leader.takes("i-" + i, instances)) {
        all++;
        taken.add(clock.elapsed());
        while (clock.elapsed().minus(taken.peek()).compareTo(MINUTE) >= 0) {
          taken.remove();
        }
      }
      assertThat(taken.size()).isLessThanOrEqualTo(instances / 10);
    }
    leader.close();
    assertThat(all).isGreaterThan(instances / 10);
  }

  @Test
  void damagedFileCountsAsNone() throws IOException {
    Files.writeString(root.resolve("flags.json"), "{\"epoch\":");
    try (var leader = new Leader()) {
      assertThat(leader.takes("a", 3)).isTrue();
      assertThat(leader.takes("b", 3)).isFalse();
    }
  }

  @Test
  void clockThatGoesBackMakesNoFlagOlder() {
    var folder = new ClusterFolder(root);
    folder.write(
        root.resolve("flags.json"),
        new FolderFlags.Kept(
            1,
            List.of(
                new FolderFlags.Taken(
                    new InstanceId("a"), clock.time().now().plus(Duration.ofHours(1))))));
    try (var leader = new Leader()) {
      assertThat(leader.takes("b", 3)).isFalse();
      clock.advance(MINUTE);
      assertThat(leader.takes("a", 3)).isTrue();
    }
  }

  @Test
  void oneThatHasLostTheLeaseDoesNotUndoWhatItsSuccessorWrote() {
    var folder = new ClusterFolder(root);
    var file = new EpochFile<>(folder, "flags.json", FolderFlags.Kept.class);
    file.write(new FolderFlags.Kept(2, List.of()));

    file.write(
        new FolderFlags.Kept(
            1, List.of(new FolderFlags.Taken(new InstanceId("a"), clock.time().now()))));

    assertThat(file.read()).contains(new FolderFlags.Kept(2, List.of()));
    var lost = new FileLeaderLease(folder, "core-1", clock.time());
    new FolderFlags(folder, lost, clock.time()).keep(Map.of(new InstanceId("x"), Duration.ZERO));
    assertThat(file.read().orElseThrow().taken()).isEmpty();
  }
}
