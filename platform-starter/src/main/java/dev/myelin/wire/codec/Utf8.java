package dev.myelin.wire.codec;

import org.jspecify.annotations.Nullable;

/// UTF-8 for strings that are not plain ASCII, with unpaired surrogates kept (as in WTF-8).
///
/// The JDK's encoders replace what they cannot represent, silently; here every Java string survives
/// and every malformed byte is refused.
final class Utf8 {

  private Utf8() {}

  /// Number of bytes that [#encode] writes.
  static long length(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (pairAt(text, i)) {
        bytes += 4;
        i++;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }

  /// Writes the bytes; there must be room for them.
  static void encode(String text, byte[] target, int offset) {
    int at = offset;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        target[at++] = (byte) c;
      } else if (c < 0x800) {
        target[at++] = (byte) (0xc0 | (c >> 6));
        target[at++] = continuation(c);
      } else if (pairAt(text, i)) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        target[at++] = (byte) (0xf0 | (point >> 18));
        target[at++] = continuation(point >> 12);
        target[at++] = continuation(point >> 6);
        target[at++] = continuation(point);
      } else {
        target[at++] = (byte) (0xe0 | (c >> 12));
        target[at++] = continuation(c >> 6);
        target[at++] = continuation(c);
      }
    }
  }

  /// Reads bytes that lie within the array.
  ///
  /// @return the string; null if the bytes are not UTF-8
  static @Nullable String decode(byte[] source, int offset, int length) {
    var chars = new char[length];
    int end = offset + length;
    int count = 0;
    int at = offset;
    while (at < end) {
      int first = source[at];
      if (first >= 0) {
        chars[count++] = (char) first;
        at++;
        continue;
      }
      int more = continuations(first & 0xff);
      int point = more < 0 || end - at <= more ? -1 : point(source, at, more);
      if (point < 0) {
        return null;
      }
      count += Character.toChars(point, chars, count);
      at += more + 1;
    }
    return new String(chars, 0, count);
  }

  private static int continuations(int first) {
    if (first < 0xc2 || first > 0xf4) {
      return -1;
    }
    return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
  }

  private static int point(byte[] source, int at, int more) {
    int point = source[at] & (0x3f >> more);
    for (int i = 1; i <= more; i++) {
      int next = source[at + i];
      if ((next & 0xc0) != 0x80) {
        return -1;
      }
      point = (point << 6) | (next & 0x3f);
    }
    boolean tooLong = point < (more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000);
    return tooLong || point > Character.MAX_CODE_POINT ? -1 : point;
  }

  private static boolean pairAt(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1));
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }
}
