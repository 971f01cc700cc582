package dev.myelin.local;

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

  @Test
  void lockWhenTakenIsNotGivenAgainUntilClosed() throws Exception {
    var folder = temporary.resolve("a/b");

    try (var first = FolderLock.take(folder).orElseThrow()) {
      assertThat(first).isNotNull();
      assertThat(FolderLock.take(folder)).isEmpty();
    }

    var second = FolderLock.take(folder);
    assertThat(second).isPresent();
    second.orElseThrow().close();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void folderWhenMadeIsForItsOwnerAlone() throws Exception {
    var folder = temporary.resolve("a/b");

    FolderLock.take(folder).orElseThrow().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void lockWhenTheFolderCannotBeMadeFailsWithItsName() throws Exception {
    var file = Files.createFile(temporary.resolve("file"));

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> FolderLock.take(file))
        .withMessageContaining("'" + file + "'");
  }
}
