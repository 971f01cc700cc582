package dev.myelin.wire.codec;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A declared map class: how entries are taken from its values and put into a new one.
@SuppressWarnings("JdkObsolete") // users declare them
final class MapContainer {

  private static final int MAX_INITIAL_CAPACITY = 1024;
  private final Class<?> type;
  private final IntFunction<Map<?, ?>> create;

  private MapContainer(Class<?> type, IntFunction<Map<?, ?>> create) {
    this.type = type;
    this.create = create;
  }

  /// The container for a class; null if it is not one of the JDK's maps that are carried.
  ///
  /// @param type the declared class
  /// @param key class of its keys
  static @Nullable MapContainer of(Class<?> type, Class<?> key) {
    var create = creator(type);
    if (type == EnumMap.class && key.isEnum()) {
      create = _ -> enumMap(key);
    }
    return create == null ? null : new MapContainer(type, create);
  }

  private static @Nullable IntFunction<Map<?, ?>> creator(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "Map", "SequencedMap", "LinkedHashMap" -> LinkedHashMap::newLinkedHashMap;
      case "HashMap" -> HashMap::newHashMap;
      case "SortedMap", "NavigableMap", "TreeMap" -> _ -> new TreeMap<>();
      case "Hashtable" -> _ -> new Hashtable<>();
      case "ConcurrentMap", "ConcurrentHashMap" -> ConcurrentHashMap::new;
      case "ConcurrentNavigableMap", "ConcurrentSkipListMap" -> _ -> new ConcurrentSkipListMap<>();
      default -> null;
    };
  }

  /// Whether the keys are kept in their natural order, so that they have to be comparable.
  boolean sorted() {
    return SortedMap.class.isAssignableFrom(type);
  }

  /// The entries of a value at this moment.
  ///
  /// @throws MisfitException if the value is none of the declared class
  Map.Entry<?, ?>[] entries(Object value) {
    if (!type.isInstance(value)) {
      throw MisfitException.wrongClass(type, value);
    }
    if (value instanceof SortedMap<?, ?> map
        && sorted()
        && map.comparator() != null
        && !map.comparator().equals(Comparator.naturalOrder())) {
      throw new MisfitException(
          "is sorted by a comparator, which cannot be carried: declare a Map, which keeps the order");
    }
    return ((Map<?, ?>) value).entrySet().toArray(new Map.Entry<?, ?>[0]);
  }

  /// An empty map to put entries in; big ones grow as entries arrive.
  @SuppressWarnings("unchecked") // it is empty, and only entries of the declared types come in
  Map<@Nullable Object, @Nullable Object> create(int size) {
    return (Map<@Nullable Object, @Nullable Object>)
        create.apply(Math.min(size, MAX_INITIAL_CAPACITY));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an enum's class, known only at run time
  private static Map<?, ?> enumMap(Class<?> key) {
    return new EnumMap((Class) key);
  }
}
