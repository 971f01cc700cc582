package dev.myelin.wire.codec;

import dev.myelin.wire.codec.Shape.Struct.Member;
import dev.myelin.wire.codec.StructLayout.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A shape of this side and the schema that the server declared for it, to a part.
///
/// Fields, constants and alternatives meet by name; nothing is looked up by name afterwards. Works
/// on one root.
final class PartCompiler {

  private final Definitions declared;
  private final Direction direction;
  private final Map<Shape, Part> known;
  private final Associations associations;
  private final Map<Shape, IdentityHashMap<Schema, Part>> compiled = new HashMap<>();

  /// Creates one.
  ///
  /// @param declared what the server's schema defines
  /// @param direction which way the values go
  /// @param known parts compiled before, for the classes whose declared schema is their own
  /// @param associations knows which values are not loaded
  PartCompiler(
      Definitions declared,
      Direction direction,
      Map<Shape, Part> known,
      Associations associations) {
    this.associations = associations;
    this.declared = declared;
    this.direction = direction;
    this.known = known;
  }

  /// Which way values go; conversions are lossless that way, and checked value by value the other.
  enum Direction {
    /// Arguments.
    TO_SERVER,
    /// Results.
    FROM_SERVER
  }

  /// The parts of the classes compiled so far; complete once [#compile] has returned.
  Map<Shape, Part> compiled() {
    var parts = new HashMap<Shape, Part>();
    compiled.forEach((shape, bySchema) -> parts.put(shape, bySchema.values().iterator().next()));
    return parts;
  }

  /// Compiles a part.
  ///
  /// @param shape this side
  /// @param schema the server's side
  /// @param path where they were found, for messages
  /// @throws IncompatibleSchemaException if the one cannot be adapted to the other
  Part compile(Shape shape, Schema schema, String path) {
    var target = declared.resolve(schema);
    return switch (shape) {
      case Shape.Plain(var part) -> scalar(part, false, target, path);
      case Shape.Boxed(var part) -> scalar(part, true, target, path);
      case Shape.Constants(var type) when target instanceof Schema.EnumOf(_, var constants) ->
          new EnumPart(type, constants);
      case Shape.Array(var component, var element) when target instanceof Schema.ListOf(var of) ->
          array(component, compile(element, of, path + "[]"));
      case Shape.Elements(var container, var element)
          when target instanceof Schema.ListOf(var of) ->
          new CollectionPart(container, compile(element, of, path + "[]"));
      case Shape.Entries(var container, var key, var value)
          when target instanceof Schema.MapOf(var keys, var values) ->
          new MapPart(
              container,
              compile(key, keys, path + "{key}"),
              compile(value, values, path + "{value}"));
      case Shape.Association association when target instanceof Schema.OneOf other ->
          new AssociationPart(
              association, associations, options(association.states(), other, path));
      case Shape.Possible(var container, var value)
          when target instanceof Schema.OptionalOf(var of) ->
          new OptionalPart(container, compile(value, of, path + "[]"));
      case Shape.Surrogated(var surrogate, var carried) ->
          new SurrogatePart(surrogate, compile(carried, target, path));
      case Shape.Struct struct when target instanceof Schema.Struct other ->
          struct(struct, other, path);
      case Shape.Choice choice when target instanceof Schema.OneOf other ->
          choice(choice, other, path);
      case Shape.Arguments(var arguments) when target instanceof Schema.Struct other ->
          arguments(arguments, other);
      default -> throw incompatible(shape, target, path);
    };
  }

  private Part scalar(ScalarPart<?> local, boolean boxed, Schema target, String path) {
    if (local.kind() == ScalarKind.NOTHING && !(target instanceof Schema.Scalar)) {
      return new SkippedPart(target, declared);
    }
    boolean nullable = target instanceof Schema.NullableOf;
    var scalar = target instanceof Schema.NullableOf(var of) ? of : target;
    if (!(scalar instanceof Schema.Scalar(var kind))) {
      throw incompatible(localSchema(local, boxed), target, path);
    }
    if (local.kind() == ScalarKind.NOTHING) {
      return kind == ScalarKind.NOTHING ? local : new SkippedPart(target, declared);
    }
    boolean toServer = direction == Direction.TO_SERVER;
    boolean nullFits = toServer ? nullable || !boxed : boxed || !nullable;
    var from = toServer ? local.kind() : kind;
    var to = toServer ? kind : local.kind();
    if (!nullFits || (from != to && !NumberPart.widens(from, to))) {
      throw incompatible(localSchema(local, boxed), target, path);
    }
    Part part = kind == local.kind() ? local : new NumberPart(local, Scalars.of(kind));
    return nullable || kind.presenceByte()
        ? new NullablePart(part, boxed || kind.presenceByte())
        : part;
  }

  private static Part array(Class<?> component, Part element) {
    boolean own = element instanceof ScalarPart<?> && component.isPrimitive();
    var primitive = own ? PrimitiveArrayPart.of(component) : null;
    return primitive == null ? new ArrayPart(component, element) : primitive;
  }

  private Part struct(Shape.Struct shape, Schema.Struct target, String path) {
    var before = before(shape, target);
    if (before != null) {
      return before;
    }
    var part = new StructPart(shape.type().raw(), associations);
    remember(shape, target, part);
    var members = shape.body().members();
    var slots = new ArrayList<Slot>();
    for (var field : target.fields()) {
      slots.add(
          slot(field, indexOf(field, members.stream().map(Member::name).toList()), members, path));
    }
    var missing = missing(members.stream().map(Member::shape).toList(), slots);
    part.complete(
        new StructLayout(
            shape.type().raw(), members, shape.body().construction(), List.copyOf(slots), missing));
    return part;
  }

  private Slot slot(Schema.Field field, int index, List<Member> members, String path) {
    if (index == StructLayout.NO_MEMBER) {
      return new Slot(
          field.name(), index, new SkippedPart(field.schema(), declared), Carrier.OBJECT);
    }
    var member = members.get(index);
    var part = compile(member.shape(), field.schema(), path + "." + field.name());
    return new Slot(field.name(), index, part, Carrier.of(member.field().getType(), part));
  }

  private Part choice(Shape.Choice shape, Schema.OneOf target, String path) {
    var before = before(shape, target);
    if (before != null) {
      return before;
    }
    var part = new ChoicePart(shape.type().raw().getSimpleName());
    remember(shape, target, part);
    part.complete(options(shape, target, path));
    return part;
  }

  private List<ChoicePart.Option> options(Shape.Choice shape, Schema.OneOf target, String path) {
    var options = new ArrayList<ChoicePart.Option>();
    for (var alternative : target.alternatives()) {
      var name = alternative.name();
      var place = "%s<%s>".formatted(path, name);
      var schema = alternative.schema();
      options.add(
          shape.alternatives().stream()
              .filter(each -> each.name().equals(name))
              .findFirst()
              .map(each ->
                  new ChoicePart.Option(name, each.type(), compile(each.shape(), schema, place)))
              .orElseGet(
                  () -> new ChoicePart.Option(name, null, new SkippedPart(schema, declared))));
    }
    return List.copyOf(options);
  }

  private Part arguments(List<Shape.Arguments.Argument> arguments, Schema.Struct target) {
    var names = arguments.stream().map(Shape.Arguments.Argument::name).toList();
    var slots = new ArrayList<Slot>();
    for (var field : target.fields()) {
      int index = indexOf(field, names);
      var part =
          index == StructLayout.NO_MEMBER
              ? new SkippedPart(field.schema(), declared)
              : compile(arguments.get(index).shape(), field.schema(), field.name());
      slots.add(new Slot(field.name(), index, part, Carrier.OBJECT));
    }
    var shapes = arguments.stream().map(Shape.Arguments.Argument::shape).toList();
    return new ArgumentsPart(shapes.size(), List.copyOf(slots), missing(shapes, slots));
  }

  private static int indexOf(Schema.Field field, List<String> names) {
    return names.indexOf(field.name());
  }

  private static Map<Integer, MissingPart> missing(List<Shape> shapes, List<Slot> slots) {
    var missing = new HashMap<Integer, MissingPart>();
    for (int i = 0; i < shapes.size(); i++) {
      int index = i;
      if (slots.stream().noneMatch(slot -> slot.member() == index)) {
        missing.put(i, new MissingPart(shapes.get(i)));
      }
    }
    return Map.copyOf(missing);
  }

  private @Nullable Part before(Shape shape, Schema target) {
    var part = known.get(shape);
    var bySchema = compiled.get(shape);
    return part != null || bySchema == null ? part : bySchema.get(target);
  }

  private void remember(Shape shape, Schema target, Part part) {
    compiled.computeIfAbsent(shape, _ -> new IdentityHashMap<>()).put(target, part);
  }

  private static Schema localSchema(ScalarPart<?> local, boolean boxed) {
    var scalar = new Schema.Scalar(local.kind());
    return boxed ? new Schema.NullableOf(scalar) : scalar;
  }

  private IncompatibleSchemaException incompatible(Shape shape, Schema target, String path) {
    return incompatible(SchemaBuilder.of(shape, path), target, path);
  }

  private IncompatibleSchemaException incompatible(Schema local, Schema target, String path) {
    return new IncompatibleSchemaException(
        "'%s' is %s on this side, but the server declares %s: build both sides from declarations that fit together"
            .formatted(path, local, target));
  }
}
