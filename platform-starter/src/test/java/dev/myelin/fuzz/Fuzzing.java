package dev.myelin.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// Runs a fuzz target without Jazzer.
///
/// The corpus of a target lies in the resources, in `fuzz/` and the simple name of its class: real
/// bytes, and inputs that once broke something.
public final class Fuzzing {

  private static final String SEED = "myelin.fuzz.seed";

  private Fuzzing() {}

  /// Runs a target on each input of its corpus, then on mutations.
  ///
  /// @param target class that declares it
  /// @param entry takes an input
  /// @param mutations how many
  /// @return how many inputs there are in the corpus
  public static int run(Class<?> target, Consumer<byte[]> entry, int mutations) {
    var corpus = corpus(target);
    corpus.forEach(input -> run(target, entry, input, "its corpus"));
    long seed = Long.getLong(SEED, 1);
    System.out.printf(
        "%s: %,d mutations, -D%s=%d%n", target.getSimpleName(), mutations, SEED, seed);
    var mutation = new Mutation(seed, corpus);
    for (int i = 0; i < mutations; i++) {
      run(target, entry, mutation.next(), "mutation " + i + " of seed " + seed);
    }
    return corpus.size();
  }

  private static void run(Class<?> target, Consumer<byte[]> entry, byte[] input, String origin) {
    try {
      entry.accept(input);
    } catch (Throwable e) {
      throw new AssertionError(
          "%s fails on an input of %s; keep it in src/test/resources/fuzz/%s: base64 %s"
              .formatted(
                  target.getName(),
                  origin,
                  target.getSimpleName(),
                  Base64.getEncoder().encodeToString(input)),
          e);
    }
  }

  private static List<byte[]> corpus(Class<?> target) {
    var folder =
        Objects.requireNonNull(
            target.getResource("/fuzz/" + target.getSimpleName()), "no corpus of " + target);
    try (var files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().map(Fuzzing::read).toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("The corpus of " + target + " cannot be read", e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
