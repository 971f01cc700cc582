package dev.myelin.orchestrator.state;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.ProcessDeployer;
import dev.myelin.orchestrator.deploy.ProcessVariables;
import dev.myelin.orchestrator.output.LogTail;
import dev.myelin.wire.ApplicationDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks an application's jar for its services, by running it with `--myelin.describe=FILE`.
///
/// Answers are kept in the folder `descriptions`, so that an unchanged jar with unchanged settings
/// is run once. Blocks for some seconds otherwise.
public final class ApplicationDescriber {

  private static final Logger log = LoggerFactory.getLogger(ApplicationDescriber.class);
  private static final int QUOTED_LINES = 20;
  private static final int KEPT_DESCRIPTIONS = 20;

  private final ClusterFolder folder;
  private final Program program;
  private final Duration limit;

  /// How the application is run.
  ///
  /// @param java the `java` program
  /// @param jvmOptions options of the JVM
  /// @param jar the application
  /// @param arguments its arguments
  /// @param variables what its processes get in their environment
  public record Program(
      Path java,
      List<String> jvmOptions,
      Path jar,
      List<String> arguments,
      ProcessVariables variables) {

    /// Copies the lists.
    public Program {
      jvmOptions = List.copyOf(jvmOptions);
      arguments = List.copyOf(arguments);
    }

    Program of(Path other) {
      return new Program(java, jvmOptions, other, arguments, variables);
    }
  }

  /// Creates it.
  ///
  /// @param folder where answers are kept
  /// @param program what to run
  /// @param limit how long to wait for an answer
  public ApplicationDescriber(ClusterFolder folder, Program program, Duration limit) {
    this.folder = folder;
    this.program = program;
    this.limit = limit;
  }

  /// The application's description.
  ///
  /// @throws UnusableApplicationException if the jar is no application of Myelin's, or fails to
  ///   describe itself; the message has the last lines of its output
  public ApplicationDescription describe() {
    return describe(program.jar());
  }

  /// The description of another version of the application.
  ///
  /// @param jar its jar
  /// @throws UnusableApplicationException if the jar is no application of Myelin's, or fails to
  ///   describe itself; the message has the last lines of its output
  public ApplicationDescription describe(Path jar) {
    return new ApplicationDescriber(folder, program.of(jar), limit).known();
  }

  /// Tells another cluster the answers that are known here, so that it need not ask for them.
  ///
  /// @param other its folder
  public void tell(ClusterFolder other) throws IOException {
    var known = new ApplicationDescriber(other, program, limit).answers();
    Files.createDirectories(known);
    if (Files.isDirectory(answers())) {
      try (var files = Files.newDirectoryStream(answers(), "*.json")) {
        for (var file : files) {
          Files.copy(file, known.resolve(file.getFileName()));
        }
      }
    }
  }

  private ApplicationDescription known() {
    new ApplicationJar(program.jar()).check();
    var key =
        DescriptionKey.of(
            program.jar(),
            program.arguments(),
            program.variables().over(System.getenv()),
            Path.of("").toAbsolutePath());
    var file = answers().resolve(key.value() + ".json");
    return known(file).orElseGet(() -> ask(file));
  }

  private Path answers() {
    return folder.root().resolve("descriptions");
  }

  private Optional<ApplicationDescription> known(Path file) {
    try {
      return folder.read(file, ApplicationDescription.class);
    } catch (IllegalArgumentException e) {
      log.debug("'{}' cannot be read and is asked for anew", file, e);
      return Optional.empty();
    }
  }

  private ApplicationDescription ask(Path file) {
    try {
      Files.createDirectories(answers());
      Files.createDirectories(folder.logs());
      var answer = unused();
      try {
        return ask(answer, file);
      } finally {
        Files.deleteIfExists(answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot ask '%s' for its services: %s".formatted(program.jar(), e.getMessage()), e);
    }
  }

  // A file of its own, as another core process may ask at the same time
  private Path unused() throws IOException {
    var file = Files.createTempFile(answers(), "asked-", ".json");
    Files.delete(file);
    return file;
  }

  private ApplicationDescription ask(Path answer, Path file) throws IOException {
    var output = folder.logs().resolve("describe.log");
    try {
      run(answer, output);
      var description =
          folder
              .read(answer, ApplicationDescription.class)
              .orElseThrow(() -> failed("wrote no description", output));
      prune(answers());
      Files.move(answer, file, StandardCopyOption.REPLACE_EXISTING);
      return description;
    } catch (IllegalArgumentException e) {
      throw failed(
          "wrote a description that cannot be read (%s)".formatted(e.getMessage()), output);
    }
  }

  private void run(Path answer, Path output) throws IOException {
    var line = new ArrayList<String>();
    line.add(program.java().toString());
    line.addAll(program.jvmOptions());
    line.add("-XX:TieredStopAtLevel=1"); // lives for seconds: the last compiler would not pay
    line.add("-jar");
    line.add(program.jar().toString());
    line.addAll(program.arguments());
    line.add("--myelin.describe=" + answer.toAbsolutePath());
    var builder =
        new ProcessBuilder(line)
            .redirectInput(Redirect.from(ProcessDeployer.nullDevice()))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(output.toFile()));
    program.variables().applyTo(builder);
    var process = builder.start();
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw failed("did not end within %d s".formatted(limit.toSeconds()), output);
      }
      if (process.exitValue() != 0) {
        throw failed("ended with exit code " + process.exitValue(), output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private UnusableApplicationException failed(String how, Path output) {
    return new UnusableApplicationException(
        "The application '%s' was asked for its services with --myelin.describe and %s. %s"
            .formatted(program.jar(), how, LogTail.quote(output, QUOTED_LINES)),
        "Run `java -jar %s --myelin.describe` and see that it prints JSON."
            .formatted(program.jar()));
  }

  private static void prune(Path descriptions) throws IOException {
    try (var files = Files.newDirectoryStream(descriptions, "*.json")) {
      var found = new ArrayList<Path>();
      files.forEach(found::add);
      if (found.size() > KEPT_DESCRIPTIONS) {
        for (var old : found) {
          if (!String.valueOf(old.getFileName()).startsWith("asked-")) {
            Files.deleteIfExists(old);
          }
        }
      }
    }
  }
}
