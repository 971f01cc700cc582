package dev.myelin.wire.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Bytes that values are read from: the counterpart of [Output]. Not thread-safe.
///
/// Nothing is read outside the given range, and every declared length is compared with what is left
/// before anything is allocated for it. Whatever does not fit is a [MalformedPayloadException] that
/// names the position, counted from the start of the range.
public final class Input {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NON_ASCII = 0x8080_8080_8080_8080L;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int next;

  /// Levels of the value being read that are open.
  int depth;

  /// Exceptions that were read.
  int throwables;

  /// Reads from a part of an array, which is not copied.
  ///
  /// @param bytes the array
  /// @param offset where to start
  /// @param length how many bytes there are
  public Input(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    this.bytes = bytes;
    this.start = offset;
    this.next = offset;
    this.end = offset + length;
  }

  /// Reads from a whole array, which is not copied.
  ///
  /// @param bytes the array
  public Input(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /// Number of bytes read.
  public int position() {
    return next - start;
  }

  /// Number of bytes not yet read.
  public int remaining() {
    return end - next;
  }

  /// Reads one byte.
  public byte readByte() {
    if (next >= end) {
      throw tooShort(1);
    }
    return bytes[next++];
  }

  /// Reads one byte, 0 or 1.
  public boolean readBoolean() {
    byte value = readByte();
    if (value != 0 && value != 1) {
      throw malformed("expected 0 or 1 but found %d".formatted(value & 0xff));
    }
    return value == 1;
  }

  /// Reads an unsigned number of one to five bytes.
  public int readUnsignedInt() {
    byte first = readByte();
    if (first >= 0) {
      return first;
    }
    int value = first & 0x7f;
    for (int shift = 7; shift < 28; shift += 7) {
      byte more = readByte();
      value |= (more & 0x7f) << shift;
      if (more >= 0) {
        return value;
      }
    }
    byte last = readByte();
    if ((last & 0xf0) != 0) {
      throw malformed("a number of 32 bits is longer than that");
    }
    return value | (last << 28);
  }

  /// Reads an unsigned number of one to ten bytes.
  public long readUnsignedLong() {
    byte first = readByte();
    if (first >= 0) {
      return first;
    }
    long value = first & 0x7f;
    for (int shift = 7; shift < 63; shift += 7) {
      byte more = readByte();
      value |= (more & 0x7fL) << shift;
      if (more >= 0) {
        return value;
      }
    }
    byte last = readByte();
    if ((last & 0xfe) != 0) {
      throw malformed("a number of 64 bits is longer than that");
    }
    return value | ((long) last << 63);
  }

  /// Reads a signed number of one to five bytes.
  public int readInt() {
    int value = readUnsignedInt();
    return (value >>> 1) ^ -(value & 1);
  }

  /// Reads a signed number of one to three bytes.
  public short readShort() {
    int value = readInt();
    if (value != (short) value) {
      throw malformed("%d is no number of 16 bits".formatted(value));
    }
    return (short) value;
  }

  /// Reads an unsigned number of one to three bytes.
  public char readChar() {
    int value = readUnsignedInt();
    if (value != (char) value) {
      throw malformed("%d is no UTF-16 code unit".formatted(value & 0xffff_ffffL));
    }
    return (char) value;
  }

  /// Reads a signed number of one to ten bytes.
  public long readLong() {
    long value = readUnsignedLong();
    return (value >>> 1) ^ -(value & 1);
  }

  /// Reads four bytes.
  public int readFixedInt() {
    int at = take(4);
    return (int) INT.get(bytes, at);
  }

  /// Reads eight bytes.
  public long readFixedLong() {
    int at = take(8);
    return (long) LONG.get(bytes, at);
  }

  /// Reads four bytes as a floating-point number.
  public float readFloat() {
    return Float.intBitsToFloat(readFixedInt());
  }

  /// Reads eight bytes as a floating-point number.
  public double readDouble() {
    return Double.longBitsToDouble(readFixedLong());
  }

  /// Reads bytes as they are.
  ///
  /// @param length how many
  public byte[] readBytes(int length) {
    int at = take(length);
    return Arrays.copyOfRange(bytes, at, at + length);
  }

  /// Passes over bytes.
  ///
  /// @param length how many
  public void skip(int length) {
    take(length);
  }

  /// Reads a string.
  ///
  /// @return the string; null where null was written
  public @Nullable String readString() {
    int length = readCount(1);
    if (length < 0) {
      return null;
    }
    int at = take(length);
    if (ascii(at, length)) {
      return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }
    var text = Utf8.decode(bytes, at, length);
    if (text == null) {
      throw malformed("a string is not UTF-8");
    }
    return text;
  }

  /// Reads a number plus one, as it stands before things of that number.
  ///
  /// @param least least bytes that one of the things takes; there are at least that many left for
  ///   each
  /// @return the number; -1 where null was written
  public int readCount(int least) {
    int written = readUnsignedInt();
    if (written < 0 || (written - 1L) * least > remaining()) {
      throw malformed(
          "%d elements or bytes are declared but only %d bytes are left"
              .formatted((written & 0xffff_ffffL) - 1, remaining()));
    }
    return written - 1;
  }

  /// An exception about what was just read.
  ///
  /// @param problem what is wrong
  public MalformedPayloadException malformed(String problem) {
    return new MalformedPayloadException("At byte %d: %s".formatted(position(), problem));
  }

  /// An exception about what was just read.
  ///
  /// @param problem what is wrong
  /// @param cause who says so
  MalformedPayloadException malformed(String problem, Throwable cause) {
    return new MalformedPayloadException("At byte %d: %s".formatted(position(), problem), cause);
  }

  /// Passes over bytes and lets them be read apart, as part of the same value.
  ///
  /// @param length how many
  Input slice(int length) {
    int at = take(length);
    var slice = new Input(bytes, at, length);
    slice.depth = depth;
    slice.throwables = throwables;
    return slice;
  }

  /// Opens a level of the value being read.
  void enter() {
    if (++depth > Part.MAX_DEPTH) {
      throw malformed("the value is nested more than %d levels deep".formatted(Part.MAX_DEPTH));
    }
  }

  /// Closes the level opened last.
  void leave() {
    depth--;
  }

  private int take(int length) {
    int at = next;
    if (length < 0 || length > end - at) {
      throw tooShort(length);
    }
    next = at + length;
    return at;
  }

  private boolean ascii(int offset, int length) {
    int last = offset + length;
    int at = offset;
    for (; at <= last - Long.BYTES; at += Long.BYTES) {
      if (((long) LONG.get(bytes, at) & NON_ASCII) != 0) {
        return false;
      }
    }
    int rest = 0;
    for (; at < last; at++) {
      rest |= bytes[at];
    }
    return rest >= 0;
  }

  private MalformedPayloadException tooShort(int wanted) {
    return malformed("%d bytes are expected but only %d are left".formatted(wanted, remaining()));
  }
}
