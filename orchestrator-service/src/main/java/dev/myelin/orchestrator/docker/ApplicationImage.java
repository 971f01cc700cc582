package dev.myelin.orchestrator.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.myelin.contract.BuildHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The image of an application: its jar on a base that has Java. Built when it is first asked for,
/// once for each jar and base. Thread-safe.
public final class ApplicationImage implements Supplier<String> {

  /// Where the jar is in the image.
  public static final Path JAR = Path.of("/application/application.jar");

  private static final Logger log = LoggerFactory.getLogger(ApplicationImage.class);

  private final DockerClient docker;
  private final Path jar;
  private final String base;

  /// Creates it; nothing is built yet.
  ///
  /// @param docker where it is built
  /// @param jar the application
  /// @param base name of an image with `java` and `sh`
  public ApplicationImage(DockerClient docker, Path jar, String base) {
    this.docker = docker;
    this.jar = jar;
    this.base = base;
  }

  /// Its name; blocks while it is built.
  ///
  /// @throws UncheckedIOException if it cannot be built
  @Override
  public synchronized String get() {
    var name = name();
    if (!exists(name)) {
      build(name);
      log.info("image={} built jar='{}' base={}", name, jar, base);
    }
    return name;
  }

  private String name() {
    var application =
        String.valueOf(jar.getFileName())
            .replaceFirst("\\.jar$", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return "myelin/%s:%s-%08x"
        .formatted(
            application.isEmpty() ? "application" : application,
            BuildHash.of(jar.toFile()),
            base.hashCode());
  }

  private boolean exists(String name) {
    try {
      docker.inspectImageCmd(name).exec();
      return true;
    } catch (NotFoundException _) {
      return false;
    }
  }

  private void build(String name) {
    try {
      var context = Files.createTempDirectory("myelin-image-");
      var copy = context.resolve("application.jar");
      var recipe = context.resolve("Dockerfile");
      try {
        Files.copy(jar, copy);
        Files.writeString(recipe, "FROM %s%nCOPY application.jar %s%n".formatted(base, JAR));
        docker
            .buildImageCmd(recipe.toFile())
            .withBaseDirectory(context.toFile())
            .withTags(Set.of(name))
            .exec(new BuildImageResultCallback())
            .awaitImageId();
      } finally {
        Files.deleteIfExists(copy);
        Files.deleteIfExists(recipe);
        Files.deleteIfExists(context);
      }
    } catch (IOException e) {
      throw failed(e);
    } catch (DockerException | DockerClientException e) {
      throw failed(new IOException(e));
    }
  }

  private UncheckedIOException failed(IOException cause) {
    return new UncheckedIOException(
        "Cannot build an image of '%s' on '%s': %s. Set myelin.core.docker.base to an image with Java that is here or can be pulled."
            .formatted(jar, base, cause.getMessage()),
        cause);
  }
}
