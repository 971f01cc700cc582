package dev.myelin.wire.codec;

import org.jspecify.annotations.Nullable;

/// A collection: the number of elements plus one, then the elements; 0 for null.
final class CollectionPart extends Part {

  private final CollectionContainer container;
  private final Part element;

  CollectionPart(CollectionContainer container, Part element) {
    this.container = container;
    this.element = element;
  }

  @Override
  void write(@Nullable Object value, Output output) {
    if (value == null) {
      output.writeByte(0);
      return;
    }
    var elements = container.elements(value);
    output.writeUnsignedInt(elements.length + 1);
    output.enter();
    int i = 0;
    try {
      for (; i < elements.length; i++) {
        element.write(elements[i], output);
      }
    } catch (MisfitException e) {
      throw e.within("[" + i + "]");
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
    var elements = container.create(count);
    for (int i = 0; i < count; i++) {
      var value = element.read(input);
      try {
        elements.add(value);
      } catch (RuntimeException e) {
        throw input.malformed("the collection refuses its element %d: %s".formatted(i, e), e);
      }
    }
    input.leave();
    return container.finish(elements);
  }
}
