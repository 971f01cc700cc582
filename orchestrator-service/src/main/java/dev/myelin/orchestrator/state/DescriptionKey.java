package dev.myelin.orchestrator.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Identifies everything that a description depends on: the jar, and whatever sets properties of
/// the application from outside.
///
/// @param value a hash, usable as a file name
record DescriptionKey(String value) {

  /// Computes it.
  ///
  /// @param jar the application
  /// @param arguments its arguments
  /// @param environment its variables; those that Spring Boot and Myelin read count
  /// @param directory its working directory, whose `application.*` and `config` files count
  static DescriptionKey of(
      Path jar, List<String> arguments, Map<String, String> environment, Path directory) {
    var parts = new ArrayList<String>();
    try {
      parts.add(stamp(jar));
      parts.addAll(arguments);
      new TreeMap<>(environment)
          .forEach((name, value) -> {
            if (name.startsWith("MYELIN_") || name.startsWith("SPRING_")) {
              parts.add(name + "=" + value);
            }
          });
      for (var file : configuration(directory)) {
        parts.add(stamp(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read '%s' or its configuration: %s".formatted(jar, e.getMessage()), e);
    }
    return new DescriptionKey(hash(parts));
  }

  private static List<Path> configuration(Path directory) throws IOException {
    var found = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(directory, "application*.{properties,yml,yaml}")) {
      files.forEach(found::add);
    }
    var config = directory.resolve("config");
    if (Files.isDirectory(config)) {
      // Spring Boot reads config/ and its immediate subfolders
      try (var files = Files.walk(config, 2)) {
        files.filter(Files::isRegularFile).forEach(found::add);
      }
    }
    found.sort(null);
    return found;
  }

  private static String stamp(Path file) throws IOException {
    return "%s %d %s"
        .formatted(
            file.toAbsolutePath().normalize(),
            Files.size(file),
            Files.getLastModifiedTime(file).toInstant());
  }

  private static String hash(List<String> parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
