package dev.myelin.autoconfigure;

import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.json.WireJson;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.core.env.Environment;

/// The option `--myelin.describe`: print the application's description to standard output, or with
/// `--myelin.describe=FILE` write it to a file, and end.
///
/// @param file the file; empty for standard output
record DescribeOption(Optional<Path> file) {

  static final String PROPERTY = "myelin.describe";

  /// The option; empty where it is not given.
  ///
  /// @param environment where the properties are
  static Optional<DescribeOption> of(Environment environment) {
    var value = environment.getProperty(PROPERTY);
    if (value == null || value.equals("false")) {
      return Optional.empty();
    }
    return Optional.of(
        new DescribeOption(
            value.isBlank() || value.equals("true")
                ? Optional.empty()
                : Optional.of(Path.of(value))));
  }

  /// Writes a description.
  ///
  /// @param description the description
  /// @throws UncheckedIOException if it cannot be written
  void write(ApplicationDescription description) {
    var json = (WireJson.write(description) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      if (file.isPresent()) {
        Files.write(file.get(), json);
      } else {
        standardOutput(json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot write the description to %s: %s"
              .formatted(file.map("'%s'"::formatted).orElse("standard output"), e.getMessage()),
          e);
    }
  }

  // System.out may lead to standard error by now: see ClusterEnvironmentPostProcessor
  @SuppressWarnings("resource") // closing it would close standard output
  private static void standardOutput(byte[] json) throws IOException {
    OutputStream output = new FileOutputStream(FileDescriptor.out);
    output.write(json);
    output.flush();
  }
}
