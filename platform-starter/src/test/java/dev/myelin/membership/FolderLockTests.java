package dev.myelin.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTests {

  @TempDir private Path temporary;

  private static FolderLock lock(Path folder) {
    return new FolderLock(new ClusterFolder(folder), "some.lock");
  }

  @Test
  void lockWhenTakenIsNotGivenAgainUntilReleased() {
    var folder = temporary.resolve("a/b");
    var first = lock(folder);
    var second = lock(folder);

    assertThat(first.tryLock()).isTrue();
    assertThat(first.intact()).isTrue();
    assertThat(second.tryLock()).isFalse();

    first.release();
    assertThat(first.intact()).isFalse();
    assertThat(second.tryLock()).isTrue();
    second.release();
  }

  @Test
  void lockOfAnotherNameIsAnotherLock() {
    var first = lock(temporary);
    var other = new FolderLock(new ClusterFolder(temporary), "other.lock");

    assertThat(first.tryLock()).isTrue();
    assertThat(other.tryLock()).isTrue();
    first.release();
    other.release();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void folderWhenMadeIsForItsOwnerAlone() throws Exception {
    var folder = temporary.resolve("a/b");
    var lock = lock(folder);

    assertThat(lock.tryLock()).isTrue();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    lock.release();
  }

  @Test
  void lockWhenTheFolderCannotBeMadeFailsWithItsName() throws Exception {
    var file = Files.createFile(temporary.resolve("file"));

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> lock(file).tryLock())
        .withMessageContaining("'" + file + "'");
  }
}
