package dev.myelin.storage.memcached;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What memcached keeps under a key: a head of fixed length, the key if its text does not tell it,
/// and the value, or, of a split one, how many parts it has.
///
/// The first byte is none of a number's, so that a counter is told from a value. Immutable.
///
/// @param stamp which write it is from
/// @param placed when it was put on this node, in milliseconds of the wall clock
/// @param expiry when it ends, in seconds of the wall clock
/// @param key [StoredKey#kept()]
/// @param parts how many parts there are beside it; 0 if the value is in here
/// @param value the value, or nothing
@SuppressWarnings("ArrayRecordComponent") // nobody else ever sees them
record Item(long stamp, long placed, long expiry, byte[] key, int parts, byte[] value) {

  private static final byte MARK = (byte) 0xE1;
  private static final int HEAD = 1 + 3 * Long.BYTES + 2 * Integer.BYTES;

  /// Bytes of an item beside its value.
  static int overhead(StoredKey key) {
    return HEAD + key.kept().length;
  }

  byte[] encode() {
    return ByteBuffer.allocate(HEAD + key.length + value.length)
        .put(MARK)
        .putLong(stamp)
        .putLong(placed)
        .putLong(expiry)
        .putInt(parts)
        .putInt(key.length)
        .put(key)
        .put(value)
        .array();
  }

  /// Reads an item.
  ///
  /// @param bytes what memcached had
  /// @return null if it is none: a counter, or what somebody else has written
  static @Nullable Item decode(byte[] bytes) {
    if (bytes.length < HEAD || bytes[0] != MARK) {
      return null;
    }
    var buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    long stamp = buffer.getLong();
    long placed = buffer.getLong();
    long expiry = buffer.getLong();
    int parts = buffer.getInt();
    int keyLength = buffer.getInt();
    if (parts < 0 || keyLength < 0 || keyLength > buffer.remaining()) {
      return null;
    }
    int valueFrom = HEAD + keyLength;
    return new Item(
        stamp,
        placed,
        expiry,
        Arrays.copyOfRange(bytes, HEAD, valueFrom),
        parts,
        Arrays.copyOfRange(bytes, valueFrom, bytes.length));
  }

  boolean of(StoredKey asked) {
    return Arrays.equals(key, asked.kept());
  }

  Item placedAt(long millis) {
    return new Item(stamp, millis, expiry, key, parts, value);
  }
}
