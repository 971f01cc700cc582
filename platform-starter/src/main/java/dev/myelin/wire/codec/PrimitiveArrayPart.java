package dev.myelin.wire.codec;

import java.lang.reflect.Array;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An array of primitives other than bytes, in the format of [ArrayPart] and without boxes.
///
/// @param <A> class of the array
final class PrimitiveArrayPart<A> extends Part {

  private static final Map<Class<?>, PrimitiveArrayPart<?>> BY_COMPONENT =
      Map.of(
          boolean.class,
          new PrimitiveArrayPart<>(
              boolean[].class,
              (array, i, output) -> output.writeBoolean(array[i]),
              (array, i, input) -> array[i] = input.readBoolean()),
          short.class,
          new PrimitiveArrayPart<>(
              short[].class,
              (array, i, output) -> output.writeInt(array[i]),
              (array, i, input) -> array[i] = input.readShort()),
          char.class,
          new PrimitiveArrayPart<>(
              char[].class,
              (array, i, output) -> output.writeUnsignedInt(array[i]),
              (array, i, input) -> array[i] = input.readChar()),
          int.class,
          new PrimitiveArrayPart<>(
              int[].class,
              (array, i, output) -> output.writeInt(array[i]),
              (array, i, input) -> array[i] = input.readInt()),
          long.class,
          new PrimitiveArrayPart<>(
              long[].class,
              (array, i, output) -> output.writeLong(array[i]),
              (array, i, input) -> array[i] = input.readLong()),
          float.class,
          new PrimitiveArrayPart<>(
              float[].class,
              (array, i, output) -> output.writeFloat(array[i]),
              (array, i, input) -> array[i] = input.readFloat()),
          double.class,
          new PrimitiveArrayPart<>(
              double[].class,
              (array, i, output) -> output.writeDouble(array[i]),
              (array, i, input) -> array[i] = input.readDouble()));

  private final Class<A> type;
  private final ElementWriter<A> writer;
  private final ElementReader<A> reader;

  private PrimitiveArrayPart(Class<A> type, ElementWriter<A> writer, ElementReader<A> reader) {
    this.type = type;
    this.writer = writer;
    this.reader = reader;
  }

  /// The part for arrays of a primitive; null for `byte`, whose arrays are scalars.
  static @Nullable PrimitiveArrayPart<?> of(Class<?> component) {
    return BY_COMPONENT.get(component);
  }

  @Override
  void write(@Nullable Object value, Output output) {
    if (value == null) {
      output.writeByte(0);
      return;
    }
    if (!type.isInstance(value)) {
      throw MisfitException.wrongClass(type, value);
    }
    var array = type.cast(value);
    int length = Array.getLength(array);
    output.writeUnsignedInt(length + 1);
    for (int i = 0; i < length; i++) {
      writer.write(array, i, output);
    }
  }

  @Override
  @Nullable Object read(Input input) {
    int length = input.readCount(type == float[].class ? 4 : type == double[].class ? 8 : 1);
    if (length < 0) {
      return null;
    }
    var array = type.cast(Array.newInstance(type.getComponentType(), length));
    for (int i = 0; i < length; i++) {
      reader.read(array, i, input);
    }
    return array;
  }

  private interface ElementWriter<A> {
    void write(A array, int index, Output output);
  }

  private interface ElementReader<A> {
    void read(A array, int index, Input input);
  }
}
