package dev.myelin.gateway.cluster;

import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.wire.json.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.ServerRequest;

/// Takes an application's jar from a request: its octets, which are streamed to a file, or the JSON
/// `{"jar": "/path/of/it.jar"}`. Thread-safe.
///
/// Whoever may post a jar may run anything here. Besides coming from loopback, a request must not
/// come from a page in a browser, which would carry `Origin` and cannot leave it out.
final class JarUpload {

  private static final MediaType ARCHIVE = MediaType.parseMediaType("application/java-archive");
  private static final int MOST_JSON = 64 * 1024;

  private final Supplier<Path> folder;
  private final DataSize most;

  /// What the JSON holds.
  record Named(@Nullable String jar) {}

  /// Creates it.
  ///
  /// @param folder where files are put
  /// @param most largest jar taken
  JarUpload(Supplier<Path> folder, DataSize most) {
    this.folder = folder;
    this.most = most;
  }

  /// Refuses what a page in a browser sends.
  static void refusePages(ServerRequest request) {
    if (request.headers().firstHeader(HttpHeaders.ORIGIN) != null) {
      throw new ProblemException(
          new Problem(
              ProblemType.LOOPBACK_ONLY,
              "'%s' takes no request from a page in a browser.".formatted(request.path())));
    }
  }

  /// Has something done with the jar, which is there until that has returned.
  ///
  /// @throws ProblemException if the request has no jar
  <T> T with(ServerRequest request, Function<Path, T> use) throws IOException {
    refusePages(request);
    var type = request.headers().contentType().orElse(MediaType.ALL);
    if (MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)) {
      return use.apply(named(request));
    }
    if (!ARCHIVE.equalsTypeAndSubtype(type)) {
      throw new ProblemException(
          new Problem(
                  ProblemType.UNSUPPORTED_MEDIA_TYPE,
                  "The body must be a jar as '%s', or '%s' with its path."
                      .formatted(ARCHIVE, MediaType.APPLICATION_JSON))
              .withHeader("Accept-Post", ARCHIVE + ", " + MediaType.APPLICATION_JSON));
    }
    return uploaded(request, use);
  }

  private static Path named(ServerRequest request) throws IOException {
    var body = request.servletRequest().getInputStream().readNBytes(MOST_JSON);
    try {
      var jar = WireJson.read(new String(body, StandardCharsets.UTF_8), Named.class).jar();
      if (jar != null && Path.of(jar).isAbsolute()) {
        return Path.of(jar);
      }
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          new Problem(ProblemType.MALFORMED_JSON, String.valueOf(e.getMessage())));
    }
    throw new ProblemException(
        new Problem(
            ProblemType.INVALID_ARGUMENT, "The JSON must have 'jar', an absolute path of a jar."));
  }

  private <T> T uploaded(ServerRequest request, Function<Path, T> use) throws IOException {
    var uploads = folder.get().resolve("uploads");
    Files.createDirectories(uploads);
    var file = Files.createTempFile(uploads, "application", ".jar");
    try {
      store(request.servletRequest().getInputStream(), file);
      return use.apply(file);
    } finally {
      deleteQuietly(file);
    }
  }

  private void store(InputStream body, Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      var buffer = new byte[64 * 1024];
      long total = 0;
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        total += read;
        if (total > most.toBytes()) {
          throw new ProblemException(
              new Problem(
                  ProblemType.BODY_TOO_LARGE,
                  "The jar is larger than %d bytes, the limit that 'myelin.core.gateway.max-jar' sets."
                      .formatted(most.toBytes())));
        }
        out.write(buffer, 0, read);
      }
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete '%s': %s".formatted(file, e.getMessage()), e);
    }
  }
}
