package dev.myelin.wire.codec;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/// A field of this side that the server does not declare: takes no byte.
final class MissingPart extends Part {

  private final Shape shape;

  MissingPart(Shape shape) {
    this.shape = shape;
  }

  @Override
  void write(@Nullable Object value, Output output) {
    // the server would not know what to do with it
  }

  /// Makes what the field holds instead: nothing of what can be counted, null or 0 for the rest.
  ///
  /// Empty rather than null, because records commonly copy their collections.
  @Override
  @Nullable Object read(Input input) {
    return switch (shape) {
      case Shape.Elements(var container, _) -> container.finish(container.create(0));
      case Shape.Entries(var container, _, _) -> container.create(0);
      case Shape.Array(var component, _) -> Array.newInstance(component, 0);
      case Shape.Possible(var container, _) -> container.empty();
      case Shape.Plain(var part) -> part.zero();
      case Shape.Association(_, var states) ->
          new MissingPart(states.alternatives().getFirst().shape()).read(input);
      case Shape.Boxed _,
          Shape.Constants _,
          Shape.Arguments _,
          Shape.Surrogated _,
          Shape.Struct _,
          Shape.Choice _ ->
          null;
    };
  }
}
