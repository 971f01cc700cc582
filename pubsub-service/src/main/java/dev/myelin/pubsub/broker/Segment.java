package dev.myelin.pubsub.broker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// One file of a journal. One thread appends; any thread reads what was appended.
///
/// Reads go through a file of their own kind: an interrupt of their thread would close a channel.
final class Segment implements AutoCloseable {

  private final Path file;
  private final long number;
  private final FileChannel channel;
  private long size;

  @GuardedBy("this")
  private final RandomAccessFile reader;

  Segment(Path file, long number) throws IOException {
    this.file = file;
    this.number = number;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    this.size = channel.size();
    this.reader = new RandomAccessFile(file.toFile(), "r");
  }

  /// Where an entry lies.
  ///
  /// @param segment in which file
  /// @param offset where it begins
  /// @param length how long it is
  record Location(Segment segment, long offset, int length) {

    Optional<Entry> read() throws IOException {
      return segment.read(offset, length);
    }
  }

  long number() {
    return number;
  }

  long size() {
    return size;
  }

  /// Appends bytes; after a failure the file is as it was before.
  ///
  /// @param bytes what to append
  /// @param force whether to wait for the disk
  void append(ByteBuffer bytes, boolean force) throws IOException {
    long end = size;
    try {
      while (bytes.hasRemaining()) {
        end += channel.write(bytes, end);
      }
      if (force) {
        channel.force(false);
      }
      size = end;
    } catch (IOException e) {
      cut(size);
      throw e;
    }
  }

  /// Cuts off what is behind an offset.
  void cut(long offset) throws IOException {
    channel.truncate(offset);
    size = offset;
  }

  private synchronized Optional<Entry> read(long offset, int length) throws IOException {
    var bytes = new byte[length];
    reader.seek(offset);
    reader.readFully(bytes);
    return EntryFormat.decode(ByteBuffer.wrap(bytes));
  }

  ByteBuffer content() throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file));
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
    reader.close();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
