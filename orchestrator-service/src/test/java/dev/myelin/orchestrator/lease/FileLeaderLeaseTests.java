package dev.myelin.orchestrator.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.ClusterLease;
import dev.myelin.orchestrator.deploy.JavaCommand;
import dev.myelin.orchestrator.time.Time;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileLeaderLeaseTests {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private ClusterFolder folder;

  @SuppressWarnings("NullAway.Init")
  private FileLeaderLease first;

  @SuppressWarnings("NullAway.Init")
  private FileLeaderLease second;

  @BeforeEach
  void createLeases() {
    folder = new ClusterFolder(root.resolve("cluster"));
    first = new FileLeaderLease(folder, "first", Time.system());
    second = new FileLeaderLease(folder, "second", Time.system());
  }

  @AfterEach
  void releaseLeases() {
    first.release();
    second.release();
  }

  private ClusterLease stored() {
    return folder.read(folder.lease(), ClusterLease.class).orElseThrow();
  }

  @Test
  void firstHolderGetsEpochOne() {
    assertThat(first.epoch()).isEmpty();
    assertThat(first.acquire()).isTrue();

    assertThat(first.epoch()).hasValue(1);
    assertThat(stored()).isEqualTo(new ClusterLease("first", 1, 1));
    assertThat(second.holder()).contains("first");
  }

  @Test
  void acquireOfAHeldLeaseChangesNothing() {
    first.acquire();

    assertThat(first.acquire()).isTrue();

    assertThat(stored()).isEqualTo(new ClusterLease("first", 1, 1));
  }

  @Test
  void secondHolderOfOneJvmWaitsAndDoesNotBreakTheLock() throws Exception {
    first.acquire();

    assertThat(second.acquire()).isFalse();
    assertThat(second.epoch()).isEmpty();

    // The attempt must not have freed the lock for other processes
    assertThat(attemptOfAnotherProcess()).isEqualTo("false");
    assertThat(first.renew()).isTrue();
  }

  @Test
  void renewalGrowsAndEpochStays() {
    first.acquire();

    assertThat(first.renew()).isTrue();
    assertThat(first.renew()).isTrue();

    assertThat(stored()).isEqualTo(new ClusterLease("first", 1, 3));
  }

  @Test
  void epochGrowsWithEachHolder() {
    first.acquire();
    first.release();

    assertThat(first.epoch()).isEmpty();
    assertThat(first.renew()).isFalse();
    assertThat(second.acquire()).isTrue();
    assertThat(second.epoch()).hasValue(2);
    assertThat(stored()).isEqualTo(new ClusterLease("second", 2, 2));
  }

  @Test
  void releaseDeletesNothing() {
    first.acquire();
    first.release();

    assertThat(folder.lease()).exists();
    assertThat(folder.root().resolve("lease.lock")).exists();
  }

  @Test
  void leaseIsLostWhenItsLockIsReplaced() throws Exception {
    first.acquire();
    var lock = folder.root().resolve("lease.lock");
    Files.move(lock, folder.root().resolve("moved"));
    Files.createFile(lock);

    assertThat(first.renew()).isFalse();

    assertThat(first.epoch()).isEmpty();
    assertThat(second.acquire()).isTrue();
    assertThat(second.epoch()).hasValue(2);
  }

  @Test
  void leaseIsLostWhenItsFolderIsDeleted() throws Exception {
    first.acquire();
    Files.delete(folder.root().resolve("lease.lock"));
    Files.delete(folder.lease());
    Files.delete(folder.root());

    assertThat(first.renew()).isFalse();
    assertThat(folder.root()).doesNotExist();
  }

  @Test
  void leaseThatCannotBeStoredAnewIsStillHeld() throws Exception {
    first.acquire();
    Files.delete(folder.lease());
    Files.createDirectories(folder.lease().resolve("in the way"));

    assertThat(first.renew()).isTrue();
    assertThat(first.epoch()).hasValue(1);

    Files.delete(folder.lease().resolve("in the way"));
    Files.delete(folder.lease());
    assertThat(first.renew()).isTrue();
    assertThat(stored()).isEqualTo(new ClusterLease("first", 1, 3));
  }

  @Test
  void damagedLeaseIsFollowedByAGreaterEpoch() throws Exception {
    Files.createDirectories(folder.root());
    Files.writeString(folder.lease(), "{\"holder\":");

    assertThat(first.acquire()).isTrue();

    long seconds = Instant.parse("2025-01-01T00:00:00Z").getEpochSecond();
    assertThat(first.epoch().orElseThrow()).isGreaterThan(seconds);
    assertThat(stored().epoch()).isEqualTo(first.epoch().orElseThrow());
  }

  @Test
  void acquireFailsLoudlyWhereTheFolderCannotBeMade() throws Exception {
    Files.writeString(folder.root(), "a file");

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(first::acquire)
        .withMessageContaining(folder.root().toString());
    assertThat(first.epoch()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void lockTakenThroughAnotherCopyOfTheClassIsNotFreedByAttempts() throws Exception {
    Files.createDirectories(folder.root());
    var lock = folder.root().resolve("lease.lock");
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = channel.lock()) {
      assertThat(first.acquire()).isFalse();
      assertThat(first.acquire()).isFalse();

      assertThat(held.isValid()).isTrue();
      assertThat(attemptOfAnotherProcess()).isEqualTo("false");
    }

    assertThat(first.acquire()).isTrue();
  }

  @Test
  void killedProcessFreesTheLease() throws Exception {
    var process = otherProcess();
    assertThat(process.inputReader().readLine()).isEqualTo("true");
    assertThat(first.acquire()).isFalse();
    assertThat(first.holder()).contains("other-process");

    process.destroyForcibly().waitFor();

    assertThat(first.acquire()).isTrue();
    assertThat(first.epoch()).hasValue(2);
  }

  private String attemptOfAnotherProcess() throws Exception {
    var process = otherProcess();
    try {
      return String.valueOf(process.inputReader().readLine());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Process otherProcess() throws Exception {
    return new ProcessBuilder(
            JavaCommand.runningJava().toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            LeaseHoldingMain.class.getName(),
            folder.root().toString())
        .redirectError(ProcessBuilder.Redirect.to(root.resolve("other-process.err").toFile()))
        .start();
  }
}
