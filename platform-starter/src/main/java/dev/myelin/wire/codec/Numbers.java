package dev.myelin.wire.codec;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Formats of numbers of any size: the number of bytes, then two's complement, highest byte first.
final class Numbers {

  private static final int LONG_BITS = 63;

  private Numbers() {}

  static void writeInteger(Output output, BigInteger value) {
    if (value.bitLength() <= LONG_BITS) {
      writeShort(output, value.longValue());
      return;
    }
    byte[] bytes = value.toByteArray();
    output.writeUnsignedInt(bytes.length);
    output.writeBytes(bytes, 0, bytes.length);
  }

  static BigInteger readInteger(Input input) {
    int length = readLength(input);
    return length <= Long.BYTES
        ? BigInteger.valueOf(readShort(input, length))
        : new BigInteger(input.readBytes(length));
  }

  static void writeDecimal(Output output, BigDecimal value) {
    output.writeInt(value.scale());
    writeInteger(output, value.unscaledValue());
  }

  static BigDecimal readDecimal(Input input) {
    int scale = input.readInt();
    int length = readLength(input);
    return length <= Long.BYTES
        ? BigDecimal.valueOf(readShort(input, length), scale)
        : new BigDecimal(new BigInteger(input.readBytes(length)), scale);
  }

  private static int readLength(Input input) {
    int length = input.readUnsignedInt();
    if (length < 1 || length > input.remaining()) {
      throw input.malformed(
          "a number of %d bytes with %d bytes left"
              .formatted(length & 0xffff_ffffL, input.remaining()));
    }
    return length;
  }

  /// The same bytes as [BigInteger#toByteArray] gives, without the array.
  private static void writeShort(Output output, long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
    int length = bits / Byte.SIZE + 1;
    output.writeByte(length);
    for (int shift = (length - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      output.writeByte((int) (value >> shift));
    }
  }

  private static long readShort(Input input, int length) {
    long value = input.readByte();
    for (int i = 1; i < length; i++) {
      value = (value << Byte.SIZE) | (input.readByte() & 0xff);
    }
    return value;
  }
}
