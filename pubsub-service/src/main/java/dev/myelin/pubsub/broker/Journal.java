package dev.myelin.pubsub.broker;

import dev.myelin.pubsub.broker.Segment.Location;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Entries in a row of files, of which the oldest are deleted when they are too old or too many.
///
/// Each file begins with a checkpoint: entries that come to the same as all files before it, but
/// for their messages. So any number of the oldest files can go. Used by one thread at a time; the
/// locations that it gives away may be read by any.
final class Journal implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Journal.class);
  private static final String SUFFIX = ".topics";

  private final Path folder;
  private final Retention retention;
  private final boolean force;
  private final Clock clock;
  private final Deque<Aged> segments = new ArrayDeque<>();

  /// A file and the time of its newest entry.
  private record Aged(Segment segment, Instant newest) {}

  /// An entry and where it lies.
  ///
  /// @param entry the entry
  /// @param location where
  record Placed(Entry entry, Location location) {}

  Journal(Path folder, Retention retention, boolean force, Clock clock) {
    this.folder = folder;
    this.retention = retention;
    this.force = force;
    this.clock = clock;
  }

  /// Opens it and reads everything, oldest first. What a kill left half written at the end is cut
  /// off.
  void open(Consumer<Placed> reader) throws IOException {
    Files.createDirectories(folder);
    for (var file : files()) {
      var segment = new Segment(file, number(file));
      var newest = Files.getLastModifiedTime(file).toInstant();
      long end = read(segment, reader);
      if (end < segment.size()) {
        log.warn(
            "file={} state=cut from={} size={} reason=unfinished entry",
            segment,
            end,
            segment.size());
        segment.cut(end);
      }
      segments.add(new Aged(segment, newest));
    }
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private static long number(Path file) {
    var name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  private static long read(Segment segment, Consumer<Placed> reader) throws IOException {
    var content = segment.content();
    while (true) {
      int start = content.position();
      var entry = EntryFormat.decode(content);
      if (entry.isEmpty()) {
        return start;
      }
      reader.accept(
          new Placed(entry.get(), new Location(segment, start, content.position() - start)));
    }
  }

  /// Appends entries; when it returns, they survive a kill of the process, and, where it forces, a
  /// loss of power.
  ///
  /// @param entries encoded
  /// @param durable whether they are worth a wait for the disk
  /// @param checkpoint what a new file begins with
  /// @return where each lies
  List<Location> append(List<byte[]> entries, boolean durable, Supplier<List<Entry>> checkpoint)
      throws IOException {
    if (segments.isEmpty() || full()) {
      begin(checkpoint.get());
    }
    var segment = segments.getLast().segment();
    var locations = new ArrayList<Location>(entries.size());
    long offset = segment.size();
    for (var entry : entries) {
      locations.add(new Location(segment, offset, entry.length));
      offset += entry.length;
    }
    segment.append(joined(entries), force && durable);
    touch();
    return locations;
  }

  private boolean full() {
    var newest = segments.getLast();
    return newest.segment().size() >= retention.segment()
        || newest.newest().isBefore(clock.instant().minus(retention.age()));
  }

  private void begin(List<Entry> checkpoint) throws IOException {
    long number = segments.isEmpty() ? 1 : segments.getLast().segment().number() + 1;
    var segment = new Segment(folder.resolve("%020d%s".formatted(number, SUFFIX)), number);
    segment.append(joined(checkpoint.stream().map(EntryFormat::encode).toList()), true);
    segments.add(new Aged(segment, clock.instant()));
  }

  private static ByteBuffer joined(List<byte[]> entries) {
    var joined = new ByteArrayOutputStream();
    entries.forEach(joined::writeBytes);
    return ByteBuffer.wrap(joined.toByteArray());
  }

  private void touch() {
    segments.add(new Aged(segments.removeLast().segment(), clock.instant()));
  }

  /// Deletes what is too old or too much, but never the newest file.
  ///
  /// @param deleted is told of each file before it goes
  void expire(Consumer<Segment> deleted) throws IOException {
    var limit = clock.instant().minus(retention.age());
    long size = segments.stream().mapToLong(each -> each.segment().size()).sum();
    while (segments.size() > 1
        && (size > retention.size() || segments.getFirst().newest().isBefore(limit))) {
      var oldest = segments.removeFirst().segment();
      size -= oldest.size();
      deleted.accept(oldest);
      oldest.delete();
    }
  }

  @Override
  public void close() {
    for (var each : segments) {
      try {
        each.segment().close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot close '%s'".formatted(each.segment()), e);
      }
    }
  }
}
