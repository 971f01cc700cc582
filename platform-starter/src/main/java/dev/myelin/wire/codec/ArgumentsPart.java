package dev.myelin.wire.codec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A parameter list: a struct whose values are `Object[]`.
final class ArgumentsPart extends Part {

  private final int parameters;
  private final List<StructLayout.Slot> slots;
  private final Map<Integer, MissingPart> missing;

  /// Creates one.
  ///
  /// @param slots the server's parameters in order
  /// @param parameters number of parameters on this side
  /// @param slots the server's parameters in order
  /// @param missing for the index of each parameter that the server does not declare, what stands
  ///   in
  ArgumentsPart(int parameters, List<StructLayout.Slot> slots, Map<Integer, MissingPart> missing) {
    this.parameters = parameters;
    this.slots = slots;
    this.missing = missing;
  }

  @Override
  void write(@Nullable Object value, Output output) {
    var arguments = arguments(value);
    output.writeByte(1);
    output.enter();
    for (var slot : slots) {
      try {
        slot.part()
            .write(
                slot.member() == StructLayout.NO_MEMBER ? null : arguments[slot.member()], output);
      } catch (MisfitException e) {
        throw e.within("." + slot.name());
      }
    }
    output.leave();
  }

  @Override
  @Nullable Object read(Input input) {
    if (!input.readBoolean()) {
      throw input.malformed("a parameter list is null");
    }
    input.enter();
    var arguments = new @Nullable Object[parameters];
    missing.forEach((index, part) -> arguments[index] = part.read(input));
    for (var slot : slots) {
      var argument = slot.part().read(input);
      if (slot.member() != StructLayout.NO_MEMBER) {
        arguments[slot.member()] = argument;
      }
    }
    input.leave();
    return arguments;
  }

  private @Nullable Object[] arguments(@Nullable Object value) {
    if (value instanceof Object[] array && array.length == parameters) {
      return array;
    }
    throw new UncarriableValueException(
        "Arguments must be an array of %d but are %s"
            .formatted(parameters, value instanceof Object[] array ? array.length : value));
  }
}
