package dev.myelin.samples.guestbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where the application leaves a trace of what ran in which process.
///
/// @param scheduleLog file to which each run of the schedule adds the id of its process; none if
///   empty
/// @param runnerLog file to which the runner adds the id of its process; none if empty
/// @param serviceLog file to which the constructor of the annotated bean adds the id of its
///   process; none if empty
@ConfigurationProperties("guestbook")
record GuestbookProperties(
    @Nullable Path scheduleLog, @Nullable Path runnerLog, @Nullable Path serviceLog) {

  /// Adds the id of this process as one line to a file, whole even if several processes do so.
  ///
  /// @param file where to; nothing happens without one
  /// @throws UncheckedIOException if the file cannot be written
  static void addProcessId(@Nullable Path file) {
    if (file == null) {
      return;
    }
    try {
      var line = ProcessHandle.current().pid() + System.lineSeparator();
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot add a line to '%s'".formatted(file), failure);
    }
  }
}
