package dev.myelin.storage.cache;

import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.Input;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.codec.ValueCodec;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Values of caches as bytes, in the format of calls ([Codec]): each object under the name of its
/// class and the hash of that class's schema.
///
/// Only classes of the trusted packages, and those of the JDK that hold values, are ever written or
/// made again, whatever the bytes say; none is looked up before its name is found to be allowed.
/// What was written by another version of a class is not read: there is no value then. Thread-safe.
public final class CacheValues {

  private static final int LARGEST = 512 * 1024 * 1024;

  private final Codec codec;
  private final ClassLoader loader;
  private final List<String> trusted;
  private final Map<Class<?>, Carried> byClass = new ConcurrentHashMap<>();
  private final Map<String, Optional<Carried>> byName = new ConcurrentHashMap<>();

  /// A class whose objects are carried.
  ///
  /// @param type the class
  /// @param schema hash of its schema: another one is another version
  /// @param codec writes and reads its objects
  record Carried(Class<?> type, long schema, ValueCodec codec) {}

  /// Creates one.
  ///
  /// @param codec the format
  /// @param loader finds the classes
  /// @param trusted packages whose classes, and those below, are carried
  public CacheValues(Codec codec, ClassLoader loader, Collection<String> trusted) {
    this.codec = codec;
    this.loader = loader;
    this.trusted = trusted.stream().map(name -> name + ".").toList();
  }

  /// Writes a value.
  ///
  /// @param value what to write
  /// @throws IllegalArgumentException if it cannot be carried; says why and what to do
  byte[] write(@Nullable Object value) {
    var output = new Output(LARGEST);
    new ValueWriter(this, output).write(value);
    return Arrays.copyOf(output.array(), output.size());
  }

  /// What bytes say.
  ///
  /// @param value the value
  record Read(@Nullable Object value) {}

  /// Reads a value.
  ///
  /// @param bytes what was written, by whomever
  /// @return empty if it is not of this version of its classes, or not a value at all
  Optional<Read> read(byte[] bytes) {
    try {
      var input = new Input(bytes);
      var value = new ValueReader(this, input).read();
      return input.remaining() == 0 ? Optional.of(new Read(value)) : Optional.empty();
    } catch (RuntimeException e) {
      // of another version, or of another program: whatever is wrong with it, it is no value
      return Optional.empty();
    }
  }

  /// The class of an object.
  ///
  /// @throws IllegalArgumentException if its objects cannot be carried
  Carried carried(Class<?> type) {
    var known = byClass.get(type);
    if (known != null) {
      return known;
    }
    if (!allowed(type.getName())) {
      throw new IllegalArgumentException(
          "An object of class '%s' cannot be cached: its package is not trusted; add '%s' to 'myelin.cache.trusted-packages'"
              .formatted(type.getName(), type.getPackageName()));
    }
    var schema = codec.schema(type);
    var made = new Carried(type, schema.hash(), codec.compile(type, schema));
    byClass.put(type, made);
    return made;
  }

  /// The class of a name; empty if it is not allowed, not there, or no longer such that it is
  /// carried.
  Optional<Carried> carried(String name) {
    var known = byName.get(name);
    if (known != null) {
      return known;
    }
    if (!allowed(name)) {
      return Optional.empty();
    }
    Optional<Carried> found;
    try {
      found = Optional.of(carried(Class.forName(name, false, loader)));
    } catch (ClassNotFoundException | LinkageError | IllegalArgumentException e) {
      found = Optional.empty();
    }
    // names that are not there are not kept: others may make up any number of them
    found.ifPresent(carried -> byName.put(name, Optional.of(carried)));
    return found;
  }

  // of the JDK, the codec takes only classes that hold values
  private boolean allowed(String name) {
    var element = name.startsWith("[") ? element(name) : name;
    return element.isEmpty()
        || element.startsWith("java.lang.")
        || element.startsWith("java.math.")
        || element.startsWith("java.time.")
        || element.startsWith("java.net.")
        || element.startsWith("java.util.")
        || trusted.stream().anyMatch(element::startsWith);
  }

  // empty for an array of a primitive
  private static String element(String array) {
    int from = array.lastIndexOf('[') + 1;
    return array.startsWith("L", from) && array.endsWith(";")
        ? array.substring(from + 1, array.length() - 1)
        : "";
  }
}
