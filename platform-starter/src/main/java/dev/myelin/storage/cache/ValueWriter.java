package dev.myelin.storage.cache;

import dev.myelin.wire.codec.Output;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Writes one value: collections by their kind, each element by its own class, as a cache knows no
/// declared types. For one value.
final class ValueWriter {

  private static final int DEEPEST = 100;

  private final CacheValues values;
  private final Output output;
  private final Map<Class<?>, Integer> named = new HashMap<>();
  private int depth;

  ValueWriter(CacheValues values, Output output) {
    this.values = values;
    this.output = output;
  }

  void write(@Nullable Object value) {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException(
          "A value that is nested more than %d deep cannot be cached".formatted(DEEPEST));
    }
    switch (value) {
      case null -> kind(ValueKind.NULL);
      case String text -> {
        kind(ValueKind.STRING);
        output.writeString(text);
      }
      case byte[] bytes -> {
        kind(ValueKind.BYTES);
        output.writeUnsignedInt(bytes.length + 1);
        output.writeBytes(bytes, 0, bytes.length);
      }
      case Optional<?> optional when optional.isEmpty() -> kind(ValueKind.ABSENT);
      case Optional<?> optional -> {
        kind(ValueKind.PRESENT);
        write(optional.get());
      }
      case List<?> list -> elements(ValueKind.LIST, list);
      case SortedSet<?> set -> {
        requireNatural(set.comparator(), set);
        elements(ValueKind.SORTED_SET, set);
      }
      case Set<?> set -> elements(ValueKind.SET, set);
      case SortedMap<?, ?> map -> {
        requireNatural(map.comparator(), map);
        entries(ValueKind.SORTED_MAP, map);
      }
      case Map<?, ?> map -> entries(ValueKind.MAP, map);
      default -> object(value);
    }
    depth--;
  }

  private void kind(ValueKind kind) {
    output.writeByte(kind.number());
  }

  private void elements(ValueKind kind, Collection<?> elements) {
    kind(kind);
    var copy = elements.toArray();
    output.writeUnsignedInt(copy.length + 1);
    for (var element : copy) {
      write(element);
    }
  }

  private void entries(ValueKind kind, Map<?, ?> map) {
    kind(kind);
    var copy = List.copyOf(map.entrySet());
    output.writeUnsignedInt(copy.size() + 1);
    copy.forEach(entry -> {
      write(entry.getKey());
      write(entry.getValue());
    });
  }

  private static void requireNatural(@Nullable Object comparator, Object collection) {
    if (comparator != null) {
      throw new IllegalArgumentException(
          "A '%s' with a comparator of its own cannot be cached: cache a list, or keep the natural order"
              .formatted(collection.getClass().getName()));
    }
  }

  private void object(Object value) {
    var type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    var carried = values.carried(type);
    var known = named.get(type);
    if (known == null) {
      named.put(type, named.size());
      kind(ValueKind.FIRST_OF_CLASS);
      output.writeString(type.getName());
      output.writeFixedLong(carried.schema());
    } else {
      kind(ValueKind.OBJECT);
      output.writeUnsignedInt(known);
    }
    carried.codec().write(value, output);
  }
}
