package dev.myelin.wire.codec;

import org.jspecify.annotations.Nullable;

/// A map: the number of entries plus one, then each key and its value; 0 for null.
final class MapPart extends Part {

  private final MapContainer container;
  private final Part key;
  private final Part value;

  MapPart(MapContainer container, Part key, Part value) {
    this.container = container;
    this.key = key;
    this.value = value;
  }

  @Override
  void write(@Nullable Object map, Output output) {
    if (map == null) {
      output.writeByte(0);
      return;
    }
    var entries = container.entries(map);
    output.writeUnsignedInt(entries.length + 1);
    output.enter();
    var step = "";
    try {
      for (var entry : entries) {
        step = "{key}";
        key.write(entry.getKey(), output);
        step = "{value}";
        value.write(entry.getValue(), output);
      }
    } catch (MisfitException e) {
      throw e.within(step);
    }
    output.leave();
  }

  @Override
  @Nullable Object read(Input input) {
    int count = input.readCount(1);
    if (count < 0) {
      return null;
    }
    input.enter();
    var map = container.create(count);
    for (int i = 0; i < count; i++) {
      var entryKey = key.read(input);
      var entryValue = value.read(input);
      try {
        map.put(entryKey, entryValue);
      } catch (RuntimeException e) {
        throw input.malformed("the map refuses its entry %d: %s".formatted(i, e), e);
      }
    }
    input.leave();
    return map;
  }
}
