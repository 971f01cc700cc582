package dev.myelin.benchmarks;

import dev.myelin.benchmarks.faults.SpawnedInstance;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// A process of this program's own class path, with the flags that all of them share.
///
/// What it says on its standard output is one line of JSON; whatever it logs goes to a file that is
/// shown if it fails. It holds the other end of its standard input and ends when that closes, so it
/// never outlives the launcher.
final class ChildJvm implements SpawnedInstance {
  static final List<String> FLAGS =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          // not the tests' configuration, which a test-jar brings
          "-Dlogback.configurationFile=logback.xml",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final int LOG_LINES_SHOWN = 6;
  private static final int LOG_WIDTH = 240;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final String what;
  private final Process process;
  private final BufferedReader output;
  private final Path log;

  private ChildJvm(String what, Process process, Path log) {
    this.what = what;
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.log = log;
  }

  /// Starts a process.
  ///
  /// @param arguments the command line after the main class
  static ChildJvm start(List<String> arguments) throws IOException {
    return start(List.of(), arguments);
  }

  /// Starts a process with further flags.
  ///
  /// @param flags for the JVM, which come after those that all share
  /// @param arguments the command line after the main class
  static ChildJvm start(List<String> flags, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(flags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Benchmarks.class.getName()));
    command.addAll(arguments);
    var log = Files.createTempFile("benchmark-", ".log");
    var process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    return new ChildJvm(String.join(" ", arguments), process, log);
  }

  /// Returns the line that the process answers with.
  ///
  /// @throws IOException if it ended without one or did not answer in time, with the end of its log
  /// @throws InterruptedException if the thread was interrupted
  String awaitLine(Duration timeout) throws IOException, InterruptedException {
    var line = new CompletableFuture<String>();
    Thread.ofPlatform().daemon().start(() -> readLine(line));
    try {
      var found = line.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (!found.isEmpty()) {
        return found;
      }
      throw new IOException("'" + what + "' ended without an answer: " + logged());
    } catch (TimeoutException _) {
      throw new IOException("'" + what + "' did not answer in " + timeout + ": " + logged());
    } catch (ExecutionException failure) {
      throw new IOException(
          "'" + what + "' could not be read from: " + logged(), failure.getCause());
    }
  }

  /// Waits for the end of the process.
  ///
  /// @return whether it came in time
  /// @throws InterruptedException if the thread was interrupted
  @Override
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return process.waitFor(timeout);
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void kill() {
    process.destroyForcibly();
  }

  /// Ends the process: by closing its input, or the hard way if that does not help.
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(GRACE)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(log);
    } catch (IOException _) {
      process.destroyForcibly();
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void readLine(CompletableFuture<String> line) {
    try {
      var found = output.readLine();
      line.complete(found == null ? "" : found);
    } catch (IOException failure) {
      line.completeExceptionally(failure);
    }
  }

  // What it began with says what it was, what it ended with why
  @Override
  public String logged() {
    List<String> lines;
    try {
      lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
    if (lines.isEmpty()) {
      return "it logged nothing";
    }
    var shown = new ArrayList<>(lines.subList(0, Math.min(LOG_LINES_SHOWN, lines.size())));
    int later = lines.size() - shown.size();
    int last = Math.min(LOG_LINES_SHOWN, later);
    if (later > last) {
      shown.add("(%d lines)".formatted(later - last));
    }
    shown.addAll(lines.subList(lines.size() - last, lines.size()));
    return shown.stream().map(ChildJvm::cut).collect(Collectors.joining("\n    "));
  }

  private static String cut(String line) {
    return line.length() <= LOG_WIDTH ? line : line.substring(0, LOG_WIDTH) + "...";
  }
}
