package dev.myelin.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DescriptionKeyTests {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private Path jar;

  @BeforeEach
  void createJar() throws Exception {
    jar = Files.writeString(Files.createDirectory(folder.resolve("app")).resolve("app.jar"), "x");
  }

  private DescriptionKey key() {
    return DescriptionKey.of(jar, List.of("--a=1"), Map.of("HOME", "/root"), folder);
  }

  @Test
  void nothingChangedIsTheSameKey() {
    assertThat(key()).isEqualTo(key());
    assertThat(key().value()).matches("[0-9a-f]{32}");
  }

  @Test
  void variablesThatNobodyReadsDoNotCount() {
    assertThat(DescriptionKey.of(jar, List.of("--a=1"), Map.of("HOME", "/home"), folder))
        .isEqualTo(key());
  }

  @Test
  void variablesOfSpringAndMyelinCount() {
    assertThat(
            DescriptionKey.of(
                jar, List.of("--a=1"), Map.of("MYELIN_SERVICES_A_CONCURRENCY", "2"), folder))
        .isNotEqualTo(key());
    assertThat(
            DescriptionKey.of(jar, List.of("--a=1"), Map.of("SPRING_PROFILES_ACTIVE", "x"), folder))
        .isNotEqualTo(key());
  }

  @Test
  void argumentsCountOneByOne() {
    assertThat(DescriptionKey.of(jar, List.of("--a=", "1"), Map.of(), folder))
        .isNotEqualTo(DescriptionKey.of(jar, List.of("--a=1"), Map.of(), folder));
  }

  @Test
  void jarOfAnotherSizeOrTimeIsAnother() throws Exception {
    var before = key();
    var time = Files.getLastModifiedTime(jar);
    Files.writeString(jar, "xy");
    Files.setLastModifiedTime(jar, time);
    var larger = key();
    Files.writeString(jar, "x");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.ofEpochSecond(1)));
    var older = key();

    assertThat(larger).isNotEqualTo(before);
    assertThat(older).isNotEqualTo(before);
  }

  @Test
  void configurationFilesBesideItCount() throws Exception {
    var before = key();
    Files.writeString(folder.resolve("application.yml"), "a: 1");
    var beside = key();
    Files.createDirectories(folder.resolve("config/sub"));
    Files.writeString(folder.resolve("config/sub/application.properties"), "a=2");
    var below = key();

    assertThat(List.of(before, beside, below)).doesNotHaveDuplicates();
  }
}
