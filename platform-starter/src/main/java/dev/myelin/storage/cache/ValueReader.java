package dev.myelin.storage.cache;

import dev.myelin.wire.codec.Input;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads one value that a [ValueWriter] has written; fails with some runtime exception on anything
/// else. For one value.
final class ValueReader {

  private static final int DEEPEST = 100;

  private final CacheValues values;
  private final Input input;
  private final List<CacheValues.Carried> named = new ArrayList<>();
  private int depth;

  ValueReader(CacheValues values, Input input) {
    this.values = values;
    this.input = input;
  }

  @Nullable Object read() {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException("nested too deeply");
    }
    var value =
        switch (ValueKind.of(input.readByte())) {
          case NULL -> null;
          case STRING -> input.readString();
          case BYTES -> input.readBytes(input.readCount(1));
          case FIRST_OF_CLASS -> first();
          case OBJECT -> named.get(input.readUnsignedInt()).codec().read(input);
          case LIST -> elements(new ArrayList<>());
          case SET -> elements(new LinkedHashSet<>());
          case SORTED_SET -> elements(new TreeSet<>());
          case MAP -> entries(new LinkedHashMap<>());
          case SORTED_MAP -> entries(new TreeMap<>());
          case PRESENT -> Optional.ofNullable(read());
          case ABSENT -> Optional.empty();
        };
    depth--;
    return value;
  }

  private @Nullable Object first() {
    var name = input.readString();
    long schema = input.readFixedLong();
    var carried = values.carried(String.valueOf(name)).orElseThrow();
    if (carried.schema() != schema) {
      throw new IllegalArgumentException("another version of '%s'".formatted(name));
    }
    named.add(carried);
    return carried.codec().read(input);
  }

  private Object elements(Collection<@Nullable Object> into) {
    int count = input.readCount(1);
    for (int i = 0; i < count; i++) {
      into.add(read());
    }
    return into;
  }

  private Object entries(Map<@Nullable Object, @Nullable Object> into) {
    int count = input.readCount(2);
    for (int i = 0; i < count; i++) {
      into.put(read(), read());
    }
    return into;
  }
}
