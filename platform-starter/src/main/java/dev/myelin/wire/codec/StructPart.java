package dev.myelin.wire.codec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A record or class: 0 for null, 1 and the fields in the server's order.
///
/// The code that touches the fields is generated when the first value comes by.
final class StructPart extends Part {

  private final Class<?> type;
  private @Nullable StructLayout layout;
  private volatile @Nullable StructAccess access;

  StructPart(Class<?> type) {
    this.type = type;
  }

  /// Completes it; a recursive type needs the object before its fields are compiled.
  void complete(StructLayout layout) {
    this.layout = layout;
  }

  @Override
  void write(@Nullable Object value, Output output) {
    if (value == null) {
      output.writeByte(0);
      return;
    }
    if (value.getClass() != type) {
      throw MisfitException.wrongClass(type, value);
    }
    output.writeByte(1);
    writeFields(value, output);
  }

  @Override
  @Nullable Object read(Input input) {
    return input.readBoolean() ? readFields(input) : null;
  }

  /// Writes what follows the presence byte.
  ///
  /// @param value of the declared class itself
  void writeFields(Object value, Output output) {
    output.enter();
    access().write(value, output);
    output.leave();
  }

  /// Reads what follows the presence byte.
  Object readFields(Input input) {
    input.enter();
    var value = newInstance(input);
    input.leave();
    return value;
  }

  private Object newInstance(Input input) {
    try {
      return access().read(input);
    } catch (MalformedPayloadException | IncompatibleSchemaException | VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      throw input.malformed("%s refuses what was sent: %s".formatted(type.getSimpleName(), e), e);
    }
  }

  private StructAccess access() {
    var current = access;
    return current == null ? generate() : current;
  }

  private synchronized StructAccess generate() {
    var current = access;
    if (current == null) {
      current = new StructGenerator(Objects.requireNonNull(layout)).generate();
      access = current;
    }
    return current;
  }
}
