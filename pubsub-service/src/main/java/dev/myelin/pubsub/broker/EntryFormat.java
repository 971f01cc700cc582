package dev.myelin.pubsub.broker;

import dev.myelin.topic.broker.TopicStore.GroupName;
import dev.myelin.wire.TopicMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Entries as bytes: length, checksum, kind, fields. What a kill or a broken disk left half written
/// is told by length and checksum.
final class EntryFormat {

  /// Bytes before the kind.
  static final int PREFIX = 8;

  private static final int LONGEST = 64 * 1024 * 1024;
  private static final int PUBLISHED = 1;
  private static final int POSITIONED = 2;
  private static final int SETTLED = 3;
  private static final int REMOVED = 4;
  private static final int COUNTED = 5;

  private EntryFormat() {}

  static byte[] encode(Entry entry) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(0);
      write(entry, out);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory can be written to", e);
    }
    var encoded = bytes.toByteArray();
    var checksum = new CRC32C();
    checksum.update(encoded, PREFIX, encoded.length - PREFIX);
    ByteBuffer.wrap(encoded).putInt(encoded.length - PREFIX).putInt((int) checksum.getValue());
    return encoded;
  }

  private static void write(Entry entry, DataOutputStream out) throws IOException {
    switch (entry) {
      case Entry.Published(var sequence, var message) -> {
        out.writeByte(PUBLISHED);
        out.writeLong(sequence);
        write(message, out);
      }
      case Entry.Positioned(var group, var lasting, var floor, var above) -> {
        out.writeByte(POSITIONED);
        write(group, out);
        out.writeBoolean(lasting);
        out.writeLong(floor);
        out.writeInt(above.size());
        for (long each : above) {
          out.writeLong(each);
        }
      }
      case Entry.Settled(var group, var sequence) -> {
        out.writeByte(SETTLED);
        write(group, out);
        out.writeLong(sequence);
      }
      case Entry.Removed(var group) -> {
        out.writeByte(REMOVED);
        write(group, out);
      }
      case Entry.Counted(var topic, var last) -> {
        out.writeByte(COUNTED);
        write(topic, out);
        out.writeLong(last);
      }
    }
  }

  private static void write(TopicMessage message, DataOutputStream out) throws IOException {
    write(message.id(), out);
    write(message.topic(), out);
    var time = message.time();
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
    write(message.type(), out);
    write(message.content(), out);
    out.writeInt(message.headers().size());
    for (var header : message.headers().entrySet()) {
      write(header.getKey(), out);
      write(header.getValue(), out);
    }
  }

  private static void write(GroupName group, DataOutputStream out) throws IOException {
    write(group.topic(), out);
    write(group.group(), out);
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// The entry at the start of a buffer, which is moved behind it; empty where there is none that
  /// is whole.
  static Optional<Entry> decode(ByteBuffer buffer) {
    if (buffer.remaining() < PREFIX) {
      return Optional.empty();
    }
    int length = buffer.getInt(buffer.position());
    int expected = buffer.getInt(buffer.position() + Integer.BYTES);
    if (length < 1 || length > LONGEST || length > buffer.remaining() - PREFIX) {
      return Optional.empty();
    }
    var body = new byte[length];
    buffer.get(buffer.position() + PREFIX, body);
    var checksum = new CRC32C();
    checksum.update(body);
    if ((int) checksum.getValue() != expected) {
      return Optional.empty();
    }
    buffer.position(buffer.position() + PREFIX + length);
    try (var in = new DataInputStream(new ByteArrayInputStream(body))) {
      return Optional.of(read(in));
    } catch (IOException e) {
      throw new UncheckedIOException("An entry of a topic journal is of another format", e);
    }
  }

  private static Entry read(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case PUBLISHED -> new Entry.Published(in.readLong(), readMessage(in));
      case POSITIONED ->
          new Entry.Positioned(readGroup(in), in.readBoolean(), in.readLong(), readNumbers(in));
      case SETTLED -> new Entry.Settled(readGroup(in), in.readLong());
      case REMOVED -> new Entry.Removed(readGroup(in));
      case COUNTED -> new Entry.Counted(readText(in), in.readLong());
      default -> throw new IOException("kind %d is not known".formatted(kind));
    };
  }

  private static TopicMessage readMessage(DataInputStream in) throws IOException {
    return new TopicMessage(
        readText(in),
        readText(in),
        Instant.ofEpochSecond(in.readLong(), in.readInt()),
        readText(in),
        readText(in),
        readHeaders(in));
  }

  private static Map<String, String> readHeaders(DataInputStream in) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    for (int left = in.readInt(); left > 0; left--) {
      headers.put(readText(in), readText(in));
    }
    return headers;
  }

  private static GroupName readGroup(DataInputStream in) throws IOException {
    return new GroupName(readText(in), readText(in));
  }

  private static List<Long> readNumbers(DataInputStream in) throws IOException {
    var numbers = new ArrayList<Long>();
    for (int left = in.readInt(); left > 0; left--) {
      numbers.add(in.readLong());
    }
    return numbers;
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    var bytes = in.readNBytes(Math.min(length, in.available()));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
