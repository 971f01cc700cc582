package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.contract.BuildHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildFingerprintTests {

  @TempDir private Path folder;

  private String jar(String name, String content, Instant time) throws IOException {
    var file = folder.resolve(name);
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      var entry = new ZipEntry("a/B.class");
      entry.setLastModifiedTime(FileTime.from(time));
      zip.putNextEntry(entry);
      zip.write(content.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return BuildHash.of(file.toFile());
  }

  @Test
  void jarWhenRebuiltFromTheSameSourceIsTheSame() throws IOException {
    var time = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(jar("one.jar", "x", time)).isEqualTo(jar("copy.jar", "x", time.plusSeconds(3600)));
  }

  @Test
  void jarWhenAnEntryChangesIsAnother() throws IOException {
    var time = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(jar("one.jar", "x", time)).isNotEqualTo(jar("two.jar", "y", time));
  }

  @Test
  void folderWhenAFileChangesIsAnother() throws IOException {
    var classes = Files.createDirectory(folder.resolve("classes"));
    Files.writeString(classes.resolve("B.class"), "x");
    var before = BuildHash.of(classes.toFile());

    Files.writeString(classes.resolve("B.class"), "xy");

    assertThat(BuildHash.of(classes.toFile())).isNotEqualTo(before);
  }

  @Test
  void fingerprintWhenThereIsAVersionStartsWithIt() {
    assertThat(BuildFingerprint.of("1.2", null)).matches("1\\.2-[0-9a-f]{8}");
    assertThat(BuildFingerprint.of(null, null)).matches("[0-9a-f]{8}");
  }

  @Test
  void fingerprintOfACopyIsWhatItIsToldToBe() {
    System.setProperty(BuildHash.PROPERTY, "0badcafe");
    try {
      assertThat(BuildFingerprint.of("1.2", null)).isEqualTo("1.2-0badcafe");
    } finally {
      System.clearProperty(BuildHash.PROPERTY);
    }
  }

  @Test
  void sourceWhenUnreadableIsNamed() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> BuildHash.of(folder.resolve("none.jar").toFile()))
        .withMessageContaining("none.jar");
  }
}
