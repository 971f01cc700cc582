package dev.myelin.storage.memcached;

import dev.myelin.storage.EphemeralStore.Stamped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whole values on one node: splits what is larger than an item, and puts it together again.
///
/// All parts of a write are under its stamp, and the head that names the stamp is written last, so
/// what is read is of one write or nothing. Thread-safe.
final class NodeValues {

  /// What memcached itself needs of an item, and the longest key.
  private static final int SERVER_OVERHEAD = 512;

  private static final int THIRTY_DAYS = 30 * 24 * 60 * 60;

  private final MemcachedSettings.Sizes sizes;
  private final Clock clock;

  NodeValues(MemcachedSettings.Sizes sizes, Clock clock) {
    this.sizes = sizes;
    this.clock = clock;
  }

  /// A value that is about to be written, the same for every node.
  ///
  /// @param key its key
  /// @param head what the key gets
  /// @param parts what its parts get
  /// @param expiry its end, as memcached wants it
  @SuppressWarnings("ArrayRecordComponent") // nobody else ever sees them
  record Write(StoredKey key, Item head, byte[][] parts, int expiry) {}

  /// Prepares a write.
  ///
  /// @param key where to
  /// @param value what
  /// @param stamp which write it is
  /// @param timeToLive how long
  /// @throws IllegalArgumentException if the value is larger than is allowed
  Write prepare(StoredKey key, byte[] value, long stamp, Duration timeToLive) {
    if (value.length > sizes.value()) {
      throw new IllegalArgumentException(
          "Value of key '%s' has %d bytes, but at most %d are kept in memcached; raise 'myelin.ephemeral.max-value-size' or store less"
              .formatted(key.key(), value.length, sizes.value()));
    }
    long expiry = Math.addExact(clock.instant().getEpochSecond(), seconds(timeToLive));
    int room = sizes.item() - SERVER_OVERHEAD;
    if (value.length + Item.overhead(key) <= room) {
      return new Write(key, head(key, stamp, expiry, 0, value), new byte[0][], expiry(timeToLive));
    }
    var parts = new byte[(value.length + room - 1) / room][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Arrays.copyOfRange(value, i * room, Math.min(value.length, (i + 1) * room));
    }
    return new Write(
        key, head(key, stamp, expiry, parts.length, new byte[0]), parts, expiry(timeToLive));
  }

  private Item head(StoredKey key, long stamp, long expiry, int parts, byte[] value) {
    return new Item(stamp, clock.millis(), expiry, key.kept(), parts, value);
  }

  void set(MemcachedNode node, Write write) throws NodeFailure {
    parts(node, write);
    node.set(write.key().text(), write.expiry(), write.head().encode());
  }

  boolean add(MemcachedNode node, Write write) throws NodeFailure {
    parts(node, write);
    return node.add(write.key().text(), write.expiry(), write.head().encode());
  }

  boolean compareAndSet(MemcachedNode node, long expected, Write write) throws NodeFailure {
    var key = write.key();
    var found = node.gets(key.text());
    var item = found == null ? null : Item.decode(found.getValue());
    if (found == null || item == null || item.stamp() != expected || !item.of(key)) {
      return false;
    }
    parts(node, write);
    return node.compareAndSet(key.text(), write.expiry(), write.head().encode(), found.getCas());
  }

  private static void parts(MemcachedNode node, Write write) throws NodeFailure {
    for (int i = 0; i < write.parts().length; i++) {
      node.set(write.key().part(i, write.head().stamp()), write.expiry(), write.parts()[i]);
    }
  }

  /// What a node has under a key.
  ///
  /// @param view tells whether it still counts
  /// @param node where to look
  /// @param key what for
  /// @param place where the key is on the ring
  Optional<Stamped> read(View view, MemcachedNode node, StoredKey key, long place)
      throws NodeFailure {
    var bytes = node.get(key.text());
    return bytes == null ? Optional.empty() : value(view, node, key, place, bytes);
  }

  /// The value that bytes of a node are.
  Optional<Stamped> value(View view, MemcachedNode node, StoredKey key, long place, byte[] bytes)
      throws NodeFailure {
    var item = Item.decode(bytes);
    if (item == null) {
      return counter(bytes) ? Optional.of(new Stamped(bytes, 0)) : Optional.empty();
    }
    if (!item.of(key) || !view.counts(place, node, item)) {
      return Optional.empty();
    }
    var value = item.parts() == 0 ? item.value() : joined(node, key, item);
    return value == null ? Optional.empty() : Optional.of(new Stamped(value, item.stamp()));
  }

  /// Carries what one node has under a key to another, unless that has something there.
  ///
  /// A removal in between might have missed the copy: then it is removed, too.
  ///
  /// @param view tells whether what is there still counts
  /// @param from where it is
  /// @param to where it lacks
  /// @param text the key as memcached has it
  /// @return whether it is on the other now
  boolean copy(View view, MemcachedNode from, MemcachedNode to, String text) throws NodeFailure {
    var bytes = from.get(text);
    var item = bytes == null ? null : Item.decode(bytes);
    long left = item == null ? 0 : item.expiry() - clock.instant().getEpochSecond();
    if (item == null || left < 1 || !view.counts(StoredKey.place(text), from, item)) {
      return false;
    }
    var key = new StoredKey("", text, false);
    int expiry = expiry(Duration.ofSeconds(left));
    for (int i = 0; i < item.parts(); i++) {
      var part = from.get(key.part(i, item.stamp()));
      if (part == null) {
        return false;
      }
      to.set(key.part(i, item.stamp()), expiry, part);
    }
    boolean added = to.add(text, expiry, item.placedAt(clock.millis()).encode());
    var after = added ? from.get(text) : null;
    var still = after == null ? null : Item.decode(after);
    if (added && (still == null || still.stamp() != item.stamp())) {
      to.delete(text);
      return false;
    }
    return added;
  }

  private static byte @Nullable [] joined(MemcachedNode node, StoredKey key, Item head)
      throws NodeFailure {
    var keys = new ArrayList<String>(head.parts());
    for (int i = 0; i < head.parts(); i++) {
      keys.add(key.part(i, head.stamp()));
    }
    var found = node.getAll(keys);
    int length = 0;
    for (var part : keys) {
      var bytes = found.get(part);
      if (bytes == null) {
        return null;
      }
      length += bytes.length;
    }
    var whole = new byte[length];
    int at = 0;
    for (var part : keys) {
      var bytes = found.getOrDefault(part, new byte[0]);
      System.arraycopy(bytes, 0, whole, at, bytes.length);
      at += bytes.length;
    }
    return whole;
  }

  static boolean counter(byte[] bytes) {
    for (var each : bytes) {
      if (each < '0' || each > '9') {
        return false;
      }
    }
    return bytes.length > 0;
  }

  /// A time to live as memcached wants it: in seconds up to thirty days, and beyond that, where it
  /// would be taken for a moment of 1970, as the second of the wall clock at which it ends.
  ///
  /// @param timeToLive how long
  int expiry(Duration timeToLive) {
    long seconds = seconds(timeToLive);
    return (int)
        (seconds <= THIRTY_DAYS
            ? seconds
            : Math.min(clock.instant().getEpochSecond() + seconds, Integer.MAX_VALUE));
  }

  private static long seconds(Duration timeToLive) {
    return Math.min(timeToLive.toSeconds(), Integer.MAX_VALUE);
  }
}
