package dev.myelin.wire.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Growing byte buffer that values are written to. Not thread-safe.
///
/// Grows up to a limit; a write beyond it throws [UncarriableValueException] and leaves what was
/// written before. Fixed numbers are little-endian, variable ones seven bits a byte, lowest first.
public final class Output {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int INITIAL_SIZE = 256;
  private static final int ASCII = 0x80;

  private final int limit;
  private byte[] bytes;
  private int size;

  /// Levels of the value being written that are open.
  int depth;

  /// Exceptions that are being written.
  @Nullable ThrowableTrail throwables;

  /// Creates an empty buffer.
  ///
  /// @param limit most bytes it may hold
  public Output(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is %d but must be at least 1".formatted(limit));
    }
    this.limit = limit;
    this.bytes = new byte[Math.min(INITIAL_SIZE, limit)];
  }

  /// The bytes written, from index 0 to [#size()]. No copy: the next write may replace the array.
  public byte[] array() {
    return bytes;
  }

  /// Number of bytes written.
  public int size() {
    return size;
  }

  /// Forgets what was written and keeps the memory.
  public void reset() {
    size = 0;
    depth = 0;
  }

  /// Forgets what was written after a position.
  ///
  /// @param position a former [#size()]
  void truncate(int position) {
    size = Objects.checkIndex(position, size + 1);
  }

  /// Opens a level of the value being written.
  void enter() {
    if (++depth > Part.MAX_DEPTH) {
      throw new MisfitException(
          "is nested more than %d levels deep, or contains itself, as a parent does whose children refer to it: send a list, or a record without the way back"
              .formatted(Part.MAX_DEPTH));
    }
  }

  /// Closes the level opened last.
  void leave() {
    depth--;
  }

  /// Writes one byte.
  ///
  /// @param value its lowest eight bits are taken
  public void writeByte(int value) {
    if (bytes.length == size) {
      room(1);
    }
    bytes[size++] = (byte) value;
  }

  /// Writes one byte, 0 or 1.
  ///
  /// @param value 1 for true
  public void writeBoolean(boolean value) {
    writeByte(value ? 1 : 0);
  }

  /// Writes an unsigned number in one to five bytes.
  ///
  /// @param value read as unsigned
  public void writeUnsignedInt(int value) {
    if (bytes.length - size < 5) {
      room(lengthOf(value & 0xffff_ffffL));
    }
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /// Writes an unsigned number in one to ten bytes.
  ///
  /// @param value read as unsigned
  public void writeUnsignedLong(long value) {
    if (bytes.length - size < 10) {
      room(lengthOf(value));
    }
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) ((int) rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /// Writes a signed number in one to five bytes; the nearer to 0, the fewer.
  ///
  /// @param value zigzag-coded
  public void writeInt(int value) {
    writeUnsignedInt((value << 1) ^ (value >> 31));
  }

  /// Writes a signed number in one to ten bytes; the nearer to 0, the fewer.
  ///
  /// @param value zigzag-coded
  public void writeLong(long value) {
    writeUnsignedLong((value << 1) ^ (value >> 63));
  }

  /// Writes four bytes.
  ///
  /// @param value little-endian
  public void writeFixedInt(int value) {
    if (bytes.length - size < 4) {
      room(4);
    }
    INT.set(bytes, size, value);
    size += 4;
  }

  /// Overwrites four bytes that were written before, such as a length not known then.
  ///
  /// @param position where they start
  /// @param value little-endian
  public void setFixedInt(int position, int value) {
    Objects.checkFromIndexSize(position, 4, size);
    INT.set(bytes, position, value);
  }

  /// Writes eight bytes.
  ///
  /// @param value little-endian
  public void writeFixedLong(long value) {
    if (bytes.length - size < 8) {
      room(8);
    }
    LONG.set(bytes, size, value);
    size += 8;
  }

  /// Writes four bytes.
  ///
  /// @param value little-endian IEEE 754, every NaN kept as it is
  public void writeFloat(float value) {
    writeFixedInt(Float.floatToRawIntBits(value));
  }

  /// Writes eight bytes.
  ///
  /// @param value little-endian IEEE 754, every NaN kept as it is
  public void writeDouble(double value) {
    writeFixedLong(Double.doubleToRawLongBits(value));
  }

  /// Writes bytes as they are, without their number.
  ///
  /// @param source where they are
  /// @param offset where they start
  /// @param length how many
  public void writeBytes(byte[] source, int offset, int length) {
    if (bytes.length - size < length) {
      room(length);
    }
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /// Writes the number of UTF-8 bytes plus one, and the bytes; just 0 for null.
  ///
  /// An unpaired surrogate takes the three bytes that UTF-8 would give its number, so that every
  /// Java string comes back as it was.
  ///
  /// @param value a string or null
  public void writeString(@Nullable String value) {
    if (value == null) {
      writeByte(0);
      return;
    }
    int length = value.length();
    int start = size;
    if (bytes.length - size - 5 < length) {
      room(lengthOf(length + 1L) + length);
    }
    writeUnsignedInt(length + 1);
    byte[] target = bytes;
    int at = size;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= ASCII) {
        size = start;
        writeUtf8(value);
        return;
      }
      target[at + i] = (byte) c;
    }
    size = at + length;
  }

  private void writeUtf8(String value) {
    long length = Utf8.length(value);
    if (length > Integer.MAX_VALUE - 5) {
      throw tooLarge(length);
    }
    room(lengthOf(length + 1) + (int) length);
    writeUnsignedInt((int) length + 1);
    Utf8.encode(value, bytes, size);
    size += (int) length;
  }

  private static int lengthOf(long unsigned) {
    return Math.max(1, (70 - Long.numberOfLeadingZeros(unsigned)) / 7);
  }

  private void room(int more) {
    if (more > limit - size) {
      throw tooLarge((long) size + more);
    }
    if (more > bytes.length - size) {
      long wanted = Math.max(2L * bytes.length, (long) size + more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, limit));
    }
  }

  private UncarriableValueException tooLarge(long wanted) {
    return new UncarriableValueException(
        "The value takes %d bytes or more, but at most %d are allowed: send less at a time, or raise"
                .formatted(wanted, limit)
            + " 'myelin.wire.max-frame-size' on both sides");
  }
}
