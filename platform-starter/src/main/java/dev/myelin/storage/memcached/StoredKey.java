package dev.myelin.storage.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A key as memcached has it: at most 250 printable ASCII characters.
///
/// A key that is such a text stands as it is behind the prefix. Any other is its SHA-256 behind a
/// `#`, and is kept with its value, so that another key of the same hash would be noticed. The
/// parts of a split value are `~number~stamp~` and the key of the whole. Keys of users that begin
/// with one of the two signs are hashed, too, so that none looks like those.
///
/// @param key what the user says
/// @param text what memcached gets
/// @param hashed whether the text does not tell the key
record StoredKey(String key, String text, boolean hashed) {

  /// What is left of 250 for the parts' marks and the prefix.
  private static final int LONGEST_PLAIN = 160;

  static StoredKey of(String prefix, String key) {
    boolean plain = plain(key);
    return new StoredKey(key, prefix + (plain ? key : "#" + hash(key)), !plain);
  }

  /// Key of one part of a split value.
  ///
  /// @param number which part
  /// @param stamp of the write
  String part(int number, long stamp) {
    return "~%s~%s~%s"
        .formatted(
            Integer.toString(number, Character.MAX_RADIX),
            Long.toUnsignedString(stamp, Character.MAX_RADIX),
            text);
  }

  /// Where a text of memcached belongs on the ring: the parts of a value beside its head.
  static long place(String text) {
    return Ring.place(isPart(text) ? whole(text) : text);
  }

  static boolean isPart(String text) {
    return text.startsWith("~");
  }

  /// The text of the value that a part belongs to.
  static String whole(String part) {
    return part.substring(part.indexOf('~', part.indexOf('~', 1) + 1) + 1);
  }

  private static boolean plain(String key) {
    if (key.isEmpty() || key.length() > LONGEST_PLAIN) {
      return false;
    }
    char first = key.charAt(0);
    return first != '#' && first != '~' && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static String hash(String key) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes(key));
      return new String(Base64.getUrlEncoder().withoutPadding().encode(digest), US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  // UTF-8 would make one byte of every lone surrogate, and with that one key of many
  private static byte[] bytes(String key) {
    var bytes = new byte[2 * key.length()];
    for (int i = 0; i < key.length(); i++) {
      bytes[2 * i] = (byte) (key.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) key.charAt(i);
    }
    return bytes;
  }

  /// The key as it is kept with its value.
  byte[] kept() {
    return hashed ? bytes(key) : new byte[0];
  }
}
