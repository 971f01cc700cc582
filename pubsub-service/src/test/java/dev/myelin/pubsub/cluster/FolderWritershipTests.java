package dev.myelin.pubsub.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.pubsub.membership.Generation;
import dev.myelin.wire.InstanceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderWritershipTests {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T04:00:00Z"), ZoneOffset.UTC);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private FolderWritership first;

  @SuppressWarnings("NullAway.Init")
  private FolderWritership second;

  @BeforeEach
  void create() {
    first = writership("first");
    second = writership("second");
  }

  @AfterEach
  void release() {
    first.release();
    second.release();
  }

  private FolderWritership writership(String id) {
    return new FolderWritership(new ClusterFolder(root), new InstanceId(id), CLOCK);
  }

  @Test
  void oneHoldsItAndIsNamed() {
    assertThat(first.acquire()).map(Generation::term).contains(1L);

    assertThat(second.acquire()).isEmpty();
    assertThat(second.holder()).contains(new InstanceId("first"));
    assertThat(first.intact()).isTrue();
    assertThat(second.intact()).isFalse();
  }

  @Test
  void nextHolderHasALaterTermOfTheSameLineage() {
    var before = first.acquire().orElseThrow();
    first.release();

    var after = second.acquire().orElseThrow();

    assertThat(after).isEqualTo(new Generation(before.lineage(), 2));
    assertThat(after.firstVersion()).isGreaterThan(before.firstVersion() + 1_000_000_000);
    assertThat(Generation.related(before.toString(), after.toString())).isTrue();
  }

  @Test
  void damagedFileIsFollowedByAnotherLineage() throws Exception {
    var before = first.acquire().orElseThrow();
    first.release();
    Files.writeString(root.resolve("membership.json"), "{\"holder\":");

    var after = second.acquire().orElseThrow();

    assertThat(Generation.related(before.toString(), after.toString())).isFalse();
    assertThat(after.term()).isGreaterThan(1_000_000);
    assertThat(after.firstVersion()).isPositive();
  }

  @Test
  void isLostWithItsFile() throws Exception {
    first.acquire();
    Files.delete(root.resolve("membership.lock"));

    assertThat(first.intact()).isFalse();
  }
}
