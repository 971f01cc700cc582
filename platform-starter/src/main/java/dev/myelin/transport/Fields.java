package dev.myelin.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// What frames are made of: numbers of variable length, seven bits a byte with the least first
/// (LEB128), and texts in UTF-8 behind their length. Stateless; what is read allocates no more than
/// there is to read.
final class Fields {

  private static final int MAX_TEXT = 64 * 1024;

  private Fields() {}

  static void writeText(ByteBuf out, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, MAX_TEXT);
    writeVarint(out, length);
    out.writeBytes(bytes, 0, length);
  }

  static String readText(ByteBuf in) {
    int length = readInt(in);
    if (length > MAX_TEXT || length > in.readableBytes()) {
      throw ProtocolException.malformed("a text of " + length + " bytes");
    }
    return in.readCharSequence(length, StandardCharsets.UTF_8).toString();
  }

  // every element takes at least one byte, so a count above what is left is a lie
  static int readCount(ByteBuf in) {
    int count = readInt(in);
    if (count > in.readableBytes()) {
      throw ProtocolException.malformed("a list of " + count + " elements");
    }
    return count;
  }

  static int readInt(ByteBuf in) {
    long value = readVarint(in);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw ProtocolException.malformed("the number " + value);
    }
    return (int) value;
  }

  static void writeVarint(ByteBuf out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long readVarint(ByteBuf in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.readByte();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw ProtocolException.malformed("a number of more than 64 bits");
  }
}
