package dev.myelin.wire.codec;

import dev.myelin.wire.codec.Shape.Choice.Alternative;
import dev.myelin.wire.codec.Shape.Struct.Member;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Java types to shapes: decides what can be carried and how.
///
/// Of the JDK only the listed classes are; everything else of it is refused and never reflected
/// into. One reader reads one root type.
final class ShapeReader {

  private static final int MAX_DEPTH = 100;
  private static final Set<String> COLLECTIONS = Set.of("java.util", "java.util.concurrent");

  private final Map<TypeUse, Shape> known;
  private final Surrogates surrogates;
  private final Map<TypeUse, Shape> found = new HashMap<>();
  private final Function<Class<?>, ScalarPart<?>> throwables;

  /// Creates one.
  ///
  /// @param known shapes of classes that were read before
  /// @param surrogates types that are carried as records
  /// @param throwables makes the part for a class of exceptions
  ShapeReader(
      Map<TypeUse, Shape> known,
      Surrogates surrogates,
      Function<Class<?>, ScalarPart<?>> throwables) {
    this.known = known;
    this.surrogates = surrogates;
    this.throwables = throwables;
  }

  /// The shapes of classes that this reader read; complete once [#read] has returned.
  Map<TypeUse, Shape> found() {
    return found;
  }

  /// Reads a type.
  ///
  /// @param use the type
  /// @param path where it was found, for messages
  /// @throws UncarriableTypeException if values of it cannot be carried
  Shape read(TypeUse use, String path) {
    return read(use, path, 0);
  }

  private Shape read(TypeUse use, String path, int depth) {
    if (depth > MAX_DEPTH || use.depth() > MAX_DEPTH) {
      throw Uncarriable.endless(path);
    }
    var raw = use.raw();
    var scalar = scalar(raw);
    if (scalar != null) {
      return scalar;
    }
    var surrogate = surrogates.find(raw);
    if (surrogate != null) {
      return new Shape.Surrogated(surrogate, read(surrogate.carriedAs(use), path, depth + 1));
    }
    if (raw.isArray()) {
      var component = use.arguments().getFirst();
      return new Shape.Array(component.raw(), read(component, path + "[]", depth + 1));
    }
    var container = container(use, path, depth + 1);
    return container == null ? ofClass(use, path, depth) : container;
  }

  private Shape ofClass(TypeUse use, String path, int depth) {
    var raw = use.raw();
    var before = known.getOrDefault(use, found.get(use));
    if (before != null) {
      return before;
    }
    if (platform(raw)) {
      throw Uncarriable.platformClass(path, raw);
    }
    requireAccess(raw, path);
    if (raw.isSealed()) {
      return choice(use, path, depth);
    }
    if (Modifier.isAbstract(raw.getModifiers())) {
      throw Uncarriable.openType(path, raw);
    }
    var struct = new Shape.Struct(use);
    found.put(use, struct);
    return complete(struct, path, depth);
  }

  private @Nullable Shape scalar(Class<?> raw) {
    var part = Scalars.of(raw);
    if (part != null) {
      boolean box = part.kind().primitive() && !raw.isPrimitive();
      return box ? new Shape.Boxed(part) : new Shape.Plain(part);
    }
    if (Throwable.class.isAssignableFrom(raw)) {
      return new Shape.Plain(throwables.apply(raw));
    }
    return raw.isEnum() ? new Shape.Constants(raw) : null;
  }

  private @Nullable Shape container(TypeUse use, String path, int depth) {
    var raw = use.raw();
    var optional = OptionalContainer.of(raw);
    if (optional != null) {
      var value =
          optional == OptionalContainer.ANY ? use.argument(0) : TypeUse.of(optional.valueType());
      return new Shape.Possible(optional, read(value, path + "[]", depth));
    }
    boolean listed = COLLECTIONS.contains(raw.getPackageName()) || raw == Iterable.class;
    if (!listed || raw.getTypeParameters().length == 0) {
      return null;
    }
    var first = use.argument(0);
    var collection = CollectionContainer.of(raw, first.raw());
    if (collection != null) {
      requireElement(path + "[]", first.raw(), collection.sorted(), collection.hashing());
      return new Shape.Elements(collection, read(first, path + "[]", depth));
    }
    var map = MapContainer.of(raw, first.raw());
    if (map != null) {
      requireElement(path + "{key}", first.raw(), map.sorted(), true);
      var key = read(first, path + "{key}", depth);
      return new Shape.Entries(map, key, read(use.argument(1), path + "{value}", depth));
    }
    return null;
  }

  private static void requireElement(
      String path, Class<?> element, boolean sorted, boolean hashing) {
    if (element == Void.class) {
      throw Uncarriable.nothing(path);
    }
    if (sorted && !Comparable.class.isAssignableFrom(Scalars.boxOf(element))) {
      throw Uncarriable.incomparable(path, element);
    }
    if (hashing && element == URL.class) {
      throw Uncarriable.hashedUrl(path);
    }
  }

  private Shape complete(Shape.Struct struct, String path, int depth) {
    var members = new ArrayList<Member>();
    for (var field : FieldUse.of(struct.type(), path)) {
      var place = path + "." + field.name();
      var shape =
          AssociationReader.shape(
              field,
              read(field.type(), place, depth + 1),
              (type, at) -> read(type, at, depth + 1),
              place);
      members.add(new Member(field.name(), field.field(), shape));
    }
    var construction = ConstructionFinder.find(struct.type().raw(), members, path);
    struct.complete(new Shape.Struct.Body(List.copyOf(members), construction));
    return struct;
  }

  private Shape choice(TypeUse use, String path, int depth) {
    var choice = new Shape.Choice(use);
    found.put(use, choice);
    var classes = new LinkedHashMap<Class<?>, TypeUse>();
    collect(use, path, classes);
    var alternatives = new ArrayList<Alternative>();
    for (var type : classes.keySet()) {
      boolean ambiguous =
          classes.keySet().stream()
              .anyMatch(
                  other -> other != type && other.getSimpleName().equals(type.getSimpleName()));
      var name = ambiguous ? type.getName() : type.getSimpleName();
      var place = "%s<%s>".formatted(path, type.getSimpleName());
      var alternative = classes.get(type);
      var shape =
          type == use.raw()
              ? complete(new Shape.Struct(alternative), place, depth + 1)
              : alternative(alternative, place, depth + 1);
      alternatives.add(new Alternative(name, type, shape));
    }
    choice.complete(List.copyOf(alternatives));
    return choice;
  }

  /// The shape of exactly that class, even if it is sealed itself.
  private Shape alternative(TypeUse use, String path, int depth) {
    var scalar = scalar(use.raw());
    if (scalar != null) {
      return scalar;
    }
    if (!use.raw().isSealed()) {
      return read(use, path, depth);
    }
    requireAccess(use.raw(), path);
    return complete(new Shape.Struct(use), path, depth);
  }

  private static void collect(TypeUse use, String path, Map<Class<?>, TypeUse> classes) {
    var raw = use.raw();
    boolean concrete = !Modifier.isAbstract(raw.getModifiers());
    if (raw.isEnum() || (concrete && !classes.containsKey(raw))) {
      classes.put(raw, use);
    }
    if (raw.isSealed() && !raw.isEnum()) {
      Arrays.stream(raw.getPermittedSubclasses())
          .map(use::subtype)
          .filter(Objects::nonNull)
          .forEach(subtype -> collect(subtype, path, classes));
    } else if (!concrete && !raw.isEnum()) {
      throw Uncarriable.openType(path + "<" + raw.getSimpleName() + ">", raw);
    }
  }

  private static void requireAccess(Class<?> type, String path) {
    try {
      var _ = StructHandles.lookup(type);
    } catch (IllegalAccessException _) {
      throw Uncarriable.closedModule(path, type);
    }
  }

  /// Whether a class belongs to the JDK.
  static boolean platform(Class<?> type) {
    var loader = type.getClassLoader();
    return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
  }
}
