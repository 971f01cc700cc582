package dev.myelin.wire.codec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A record or class: 0 for null, 1 and the fields in the server's order.
///
/// The code that touches the fields is generated when the first value comes by.
final class StructPart extends Part {

  private final Class<?> type;
  private final Associations associations;
  private @Nullable StructLayout layout;
  private volatile @Nullable StructAccess access;

  StructPart(Class<?> type, Associations associations) {
    this.type = type;
    this.associations = associations;
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
    output.writeByte(1);
    writeFields(own(value), output);
  }

  /// The value itself, or the entity that it is the proxy of.
  ///
  /// @throws MisfitException if neither is of the declared class itself
  Object own(Object value) {
    if (value.getClass() == type) {
      return value;
    }
    if (!associations.loaded(value)) {
      throw new MisfitException(
          "is a %s that was not loaded from its database when it was sent: load it before, by findById or a fetch join"
              .formatted(type.getSimpleName()));
    }
    var entity = associations.entity(value);
    if (entity.getClass() != type) {
      throw MisfitException.wrongClass(type, entity);
    }
    return entity;
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
