package dev.myelin.samples.shapes;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Turns values into text that is the same for equal values and tells types apart.
///
/// `5` is an `int`, `Long(5)` a `long`; a map and a set are sorted; a text or an array of bytes
/// above 200 elements shows as its length and checksum.
final class Rendering {

  private static final int LONGEST = 200;

  private Rendering() {}

  /// The text of a value.
  ///
  /// @param value any value that a scenario returns
  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> ofText(text);
      case Integer number -> number.toString();
      case Boolean truth -> truth.toString();
      case Enum<?> constant -> constant.getDeclaringClass().getSimpleName() + "." + constant.name();
      case Optional<?> optional -> "Optional" + ofAll(optional.stream());
      case byte[] bytes when bytes.length > LONGEST -> "byte[" + bytes.length + "] " + crc(bytes);
      case Map<?, ?> map -> sorted(map.entrySet().stream().map(Rendering::ofEntry));
      case Set<?> set -> sorted(set.stream().map(Rendering::of));
      case Collection<?> collection -> ofAll(collection.stream());
      case Record record -> ofRecord(record);
      case Object array when array.getClass().isArray() ->
          array.getClass().getComponentType().getSimpleName() + ofAll(elements(array));
      default -> value.getClass().getSimpleName() + "(" + value + ")";
    };
  }

  private static String ofText(String text) {
    return text.length() <= LONGEST
        ? "\"" + text + "\""
        : "String of " + text.length() + ", " + crc(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String crc(byte[] bytes) {
    var checksum = new CRC32();
    checksum.update(bytes);
    return "crc32 %08x".formatted(checksum.getValue());
  }

  private static String ofAll(Stream<?> values) {
    return values.map(Rendering::of).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String ofEntry(Map.Entry<?, ?> entry) {
    return of(entry.getKey()) + "=" + of(entry.getValue());
  }

  private static String sorted(Stream<String> texts) {
    return texts.sorted().collect(Collectors.joining(", ", "{", "}"));
  }

  private static Stream<@Nullable Object> elements(Object array) {
    return IntStream.range(0, Array.getLength(array)).mapToObj(index -> Array.get(array, index));
  }

  private static String ofRecord(Record record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .map(component -> component.getName() + "=" + of(valueOf(component, record)))
        .collect(Collectors.joining(", ", record.getClass().getSimpleName() + "(", ")"));
  }

  private static @Nullable Object valueOf(RecordComponent component, Record record) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException("Cannot read " + component + " of " + record, failure);
    }
  }
}
