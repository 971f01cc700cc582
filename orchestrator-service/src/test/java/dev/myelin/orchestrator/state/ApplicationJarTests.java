package dev.myelin.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApplicationJarTests {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  private static UnusableApplicationException failureOf(Path jar) {
    return catchThrowableOfType(
        UnusableApplicationException.class, () -> new ApplicationJar(jar).check());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BOOT-INF/lib/platform-starter-0.1.0.jar",
        "WEB-INF/lib/platform-starter-0.1.0.jar",
        "dev/myelin/Microservice.class",
        "BOOT-INF/classes/dev/myelin/Microservice.class"
      })
  void jarWithTheStarterIsGood(String entry) throws Exception {
    var jar = SmallJar.of(folder.resolve("app.jar"), DescribingMain.class, entry);

    assertThatCode(() -> new ApplicationJar(jar).check()).doesNotThrowAnyException();
  }

  @Test
  void extractedJarNamesTheStarterInItsClassPath() throws Exception {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(Attributes.Name.CLASS_PATH, "lib/a.jar lib/platform-starter-0.1.0.jar");
    var jar = SmallJar.write(folder.resolve("app.jar"), manifest, DescribingMain.class);

    assertThatCode(() -> new ApplicationJar(jar).check()).doesNotThrowAnyException();
  }

  @Test
  void jarWithoutTheStarterIsToldWhatToAdd() throws Exception {
    var jar =
        SmallJar.of(
            folder.resolve("app.jar"), DescribingMain.class, "BOOT-INF/lib/spring-core.jar");

    assertThat(failureOf(jar)).hasMessageContaining("does not contain");
    assertThat(failureOf(jar).action()).contains("dev.myelin:platform-starter");
  }

  @Test
  void missingJarIsSaid() {
    assertThat(failureOf(folder.resolve("none.jar")))
        .hasMessageContaining("none.jar' does not exist");
  }

  @Test
  void folderIsNoJar() {
    assertThat(failureOf(folder)).hasMessageContaining("is not a readable file");
  }

  @Test
  void fileThatIsNoJarIsSaid() throws Exception {
    var file = Files.writeString(folder.resolve("app.jar"), "text");

    assertThat(failureOf(file)).hasMessageContaining("cannot be read as a jar");
  }
}
