package dev.myelin.contract;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/// Tells what an application is built from by the files it runs from.
///
/// Reads the directory of a jar only, which holds a checksum of every entry; of an application that
/// runs from a folder it reads names, sizes and times of the files.
public final class BuildHash {

  /// System property that tells the hash to a process that runs from a copy of its jar in another
  /// shape: eight hexadecimal digits.
  public static final String PROPERTY = "myelin.build-hash";

  private BuildHash() {}

  /// The hash: eight hexadecimal digits.
  ///
  /// @param source a jar or a folder
  /// @throws UncheckedIOException if it cannot be read
  public static String of(File source) {
    return "%08x".formatted(hash(source));
  }

  private static long hash(File source) {
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
