package dev.myelin.wire.codec;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/// An array: the number of elements plus one, then the elements; 0 for null.
///
/// Serves arrays of objects, and arrays of primitives whose elements the server declares as another
/// kind; [PrimitiveArrayPart] serves the rest.
final class ArrayPart extends Part {

  private final Class<?> component;
  private final Part element;

  ArrayPart(Class<?> component, Part element) {
    this.component = component;
    this.element = element;
  }

  @Override
  void write(@Nullable Object value, Output output) {
    if (value == null) {
      output.writeByte(0);
      return;
    }
    if (!component.arrayType().isInstance(value)) {
      throw MisfitException.wrongClass(component.arrayType(), value);
    }
    int length = Array.getLength(value);
    output.writeUnsignedInt(length + 1);
    output.enter();
    int i = 0;
    try {
      for (; i < length; i++) {
        element.write(
            component.isPrimitive() ? Array.get(value, i) : ((@Nullable Object[]) value)[i],
            output);
      }
    } catch (MisfitException e) {
      throw e.within("[" + i + "]");
    }
    output.leave();
  }

  @Override
  @Nullable Object read(Input input) {
    int length = input.readCount(1);
    if (length < 0) {
      return null;
    }
    input.enter();
    var value = Array.newInstance(component, length);
    for (int i = 0; i < length; i++) {
      var read = element.read(input);
      if (component.isPrimitive()) {
        Array.set(value, i, read);
      } else {
        ((@Nullable Object[]) value)[i] = read;
      }
    }
    input.leave();
    return value;
  }
}
