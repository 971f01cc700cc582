package dev.myelin.orchestrator.output;

import dev.myelin.wire.InstanceId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One log file, read as it grows. Confined to the thread of its [LogEcho].
final class FollowedLog {

  private static final int LONGEST_LINE = 8 * 1024;

  private final InstanceId id;
  private final Path file;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private long position;

  FollowedLog(InstanceId id, Path file, long position) {
    this.id = id;
    this.file = file;
    this.position = position;
  }

  /// Hands on the lines that were completed since the last call; a line of more than 8 KiB comes in
  /// parts.
  ///
  /// @param sink takes them
  void read(LineSink sink) throws IOException {
    var buffer = ByteBuffer.allocate(LONGEST_LINE);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < position) {
        position = 0; // emptied from outside
      }
      for (int count = channel.read(buffer, position);
          count > 0;
          count = channel.read(buffer, position)) {
        position += count;
        split(buffer.array(), count, sink);
        buffer.clear();
      }
    } catch (NoSuchFileException _) {
      // Not created yet, or deleted
    }
  }

  /// Hands on what is left, ended or not.
  ///
  /// @param sink takes it
  void finish(LineSink sink) throws IOException {
    read(sink);
    if (begun.size() > 0) {
      emit(sink);
    }
  }

  private void split(byte[] bytes, int count, LineSink sink) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        emit(sink);
      } else {
        begun.write(bytes[i]);
        if (begun.size() >= LONGEST_LINE) {
          emit(sink);
        }
      }
    }
  }

  private void emit(LineSink sink) {
    var line = begun.toString(StandardCharsets.UTF_8);
    begun.reset();
    sink.line(id, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
  }
}
