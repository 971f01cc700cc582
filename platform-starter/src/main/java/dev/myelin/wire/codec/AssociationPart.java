package dev.myelin.wire.codec;

import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// An association of an entity: a oneof of what was loaded and of nothing but the id, if that.
final class AssociationPart extends Part {

  private final Field field;
  private final Associations associations;
  private final List<ChoicePart.Option> states;
  private final boolean identified;
  private final int loaded;
  private final int notLoaded;

  /// Creates one.
  ///
  /// @param shape this side
  /// @param associations knows what is loaded
  /// @param states the server's alternatives in order
  AssociationPart(
      Shape.Association shape, Associations associations, List<ChoicePart.Option> states) {
    this.field = shape.field();
    this.identified = shape.identified();
    this.associations = associations;
    this.states = states;
    this.loaded = index(states, AssociationReader.LOADED);
    this.notLoaded = index(states, AssociationReader.NOT_LOADED);
  }

  private static int index(List<ChoicePart.Option> states, String name) {
    return IntStream.range(0, states.size())
        .filter(i -> states.get(i).name().equals(name))
        .findFirst()
        .orElse(-1);
  }

  @Override
  void write(@Nullable Object value, Output output) {
    if (value == null) {
      output.writeByte(0);
    } else if (associations.loaded(value)) {
      write(loaded, value, output);
    } else {
      write(notLoaded, stub(value), output);
    }
  }

  private void write(int state, Object value, Output output) {
    if (state < 0) {
      throw new MisfitException("is an association, of which the server does not know the state");
    }
    output.writeUnsignedInt(state + 1);
    if (states.get(state).part() instanceof StructPart struct) {
      struct.writeFields(struct.own(value), output);
    } else {
      states.get(state).part().write(value, output);
    }
  }

  private Object stub(Object value) {
    return identified
        ? new AssociationReader.Reference<>(associations.id(value))
        : new AssociationReader.NotLoaded();
  }

  @Override
  @Nullable Object read(Input input) {
    int index = input.readUnsignedInt() - 1;
    if (index == -1) {
      return null;
    }
    if (index < 0 || index >= states.size()) {
      throw input.malformed(
          "an association has %d states but number %d is meant".formatted(states.size(), index));
    }
    var part = states.get(index).part();
    var value = part instanceof StructPart struct ? struct.readFields(input) : part.read(input);
    return index == loaded ? value : absent(value);
  }

  private @Nullable Object absent(@Nullable Object stub) {
    return associations.absent(
        field, stub instanceof AssociationReader.Reference<?>(var id) ? id : null);
  }
}
