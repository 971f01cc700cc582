package dev.myelin.orchestrator.aot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Identifies everything that an AOT cache depends on: the jar's content, the JDK, and the JVM's
/// options.
///
/// @param value a hash, usable as a file name
record AotKey(String value) {

  private static final String FORMAT = "1";
  private static final int BUFFER = 1 << 16;

  /// Computes it; reads the whole jar.
  ///
  /// @param jar the application
  /// @param java the `java` program
  /// @param jvmOptions options of its JVM
  /// @throws IOException if the jar cannot be read
  static AotKey of(Path jar, Path java, List<String> jvmOptions) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      add(digest, FORMAT);
      add(digest, java.toString());
      add(digest, Runtime.version().toString());
      add(digest, System.getProperty("java.vm.vendor", ""));
      jvmOptions.forEach(option -> add(digest, option));
      add(digest, String.valueOf(jar.getFileName()));
      content(digest, jar);
      return new AotKey(HexFormat.of().formatHex(digest.digest(), 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, String part) {
    digest.update(part.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static void content(MessageDigest digest, Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
  }

  /// Hash of a file's content.
  static String ofContent(Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      content(digest, file);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
