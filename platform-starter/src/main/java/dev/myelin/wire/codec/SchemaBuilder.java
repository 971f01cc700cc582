package dev.myelin.wire.codec;

import java.util.HashMap;
import java.util.Map;

/// Shapes to schemas: describes each enum, class and sealed hierarchy once and refers to it after.
final class SchemaBuilder {

  private final String root;
  private final Map<Object, Integer> named = new HashMap<>();
  private int parts;

  private SchemaBuilder(String root) {
    this.root = root;
  }

  /// The schema of a shape.
  ///
  /// @param shape the shape
  /// @param root what messages call it
  static Schema of(Shape shape, String root) {
    return new SchemaBuilder(root).schema(shape, 0);
  }

  private Schema schema(Shape shape, int depth) {
    if (depth > Schema.MAX_DEPTH || ++parts > Schema.MAX_PARTS) {
      throw new UncarriableTypeException(
          "'%s' has more than %d levels or %d parts: send something smaller"
              .formatted(root, Schema.MAX_DEPTH, Schema.MAX_PARTS));
    }
    int next = depth + 1;
    return switch (shape) {
      case Shape.Plain(var part) -> new Schema.Scalar(part.kind());
      case Shape.Boxed(var part) -> new Schema.NullableOf(new Schema.Scalar(part.kind()));
      case Shape.Array(_, var element) -> new Schema.ListOf(schema(element, next));
      case Shape.Elements(_, var element) -> new Schema.ListOf(schema(element, next));
      case Shape.Entries(_, var key, var value) ->
          new Schema.MapOf(schema(key, next), schema(value, next));
      case Shape.Possible(_, var value) -> new Schema.OptionalOf(schema(value, next));
      case Shape.Surrogated(_, var carried) -> schema(carried, depth);
      case Shape.Association(_, var states) -> schema(states, depth);
      case Shape.Constants _, Shape.Struct _, Shape.Choice _, Shape.Arguments _ -> {
        var index = named.putIfAbsent(shape, named.size());
        yield index == null ? describe(shape, next) : new Schema.SameAs(index);
      }
    };
  }

  private Schema describe(Shape shape, int depth) {
    return switch (shape) {
      case Shape.Constants constants ->
          new Schema.EnumOf(constants.type().getSimpleName(), constants.names());
      case Shape.Struct struct ->
          new Schema.Struct(
              struct.type().raw().getSimpleName(),
              struct.body().members().stream()
                  .map(member -> new Schema.Field(member.name(), schema(member.shape(), depth)))
                  .toList());
      case Shape.Choice choice ->
          new Schema.OneOf(
              choice.type().raw().getSimpleName(),
              choice.alternatives().stream()
                  .map(each -> new Schema.Field(each.name(), schema(each.shape(), depth)))
                  .toList());
      case Shape.Arguments(var arguments) ->
          new Schema.Struct(
              "",
              arguments.stream()
                  .map(each -> new Schema.Field(each.name(), schema(each.shape(), depth)))
                  .toList());
      case Shape.Plain _,
          Shape.Boxed _,
          Shape.Array _,
          Shape.Elements _,
          Shape.Entries _,
          Shape.Surrogated _,
          Shape.Association _,
          Shape.Possible _ ->
          throw new IllegalStateException("'%s' has no name".formatted(shape));
    };
  }
}
