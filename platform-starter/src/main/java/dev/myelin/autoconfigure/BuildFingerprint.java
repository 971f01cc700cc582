package dev.myelin.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.system.ApplicationHome;

/// Identifies what a process was built from: equal for all processes of one jar wherever it lies,
/// another one once a class, a resource or a dependency in it has changed.
///
/// Reads the directory of the jar only, which holds a checksum of every entry; of an application
/// that runs from a folder it reads names, sizes and times of the files.
final class BuildFingerprint {

  private BuildFingerprint() {}

  /// The fingerprint: a version, where there is one, and eight hexadecimal digits.
  ///
  /// @param version version of the application
  /// @param main a class of the application
  static String of(@Nullable String version, @Nullable Class<?> main) {
    var source = new ApplicationHome(main).getSource();
    var hash = "%08x".formatted(source == null ? 0 : hash(source));
    return version == null || version.isBlank() ? hash : version + "-" + hash;
  }

  static long hash(File source) {
    var checksum = new CRC32();
    try {
      if (source.isDirectory()) {
        folder(source.toPath(), checksum);
      } else {
        jar(source, checksum);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read '%s', from which the application runs: %s".formatted(source, e.getMessage()),
          e);
    }
    return checksum.getValue();
  }

  private static void jar(File source, CRC32 checksum) throws IOException {
    try (var jar = new ZipFile(source)) {
      jar.stream()
          .map(entry -> "%s %d %d%n".formatted(entry.getName(), entry.getSize(), entry.getCrc()))
          .forEach(line -> update(checksum, line));
    }
  }

  private static void folder(Path root, CRC32 checksum) throws IOException {
    try (var files = Files.walk(root)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        update(
            checksum,
            "%s %d %s%n"
                .formatted(
                    root.relativize(file), Files.size(file), Files.getLastModifiedTime(file)));
      }
    }
  }

  private static void update(CRC32 checksum, String line) {
    checksum.update(line.getBytes(StandardCharsets.UTF_8));
  }
}
