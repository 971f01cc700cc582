package dev.myelin.wire.codec;

import dev.myelin.wire.codec.PartCompiler.Direction;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The default format: values without names or types, described by schemas that are sent once.
///
/// Keeps what it compiled for as long as it lives itself, and with that the classes it compiled it
/// for; nothing outside it refers to them. Thread-safe.
public final class BinaryCodec implements Codec {

  /// Number of the format in a call's header.
  public static final int ID = 1;

  // Only complete graphs come in, each at once; two threads that read the same class at the same
  // time may each keep their own, which costs memory and nothing else.
  private final Map<TypeUse, Shape> shapes = new ConcurrentHashMap<>();
  private final Map<Shape, Part> parts = new ConcurrentHashMap<>();

  private final Surrogates surrogates;
  private final Associations associations;
  private final ThrowableCodec throwables;
  private final ClassLoader loader;

  /// Creates a codec.
  ///
  /// @param loader finds the classes of exceptions that are parts of values; all other classes are
  ///   the declared ones
  /// @param frames which frames of exceptions' stack traces are sent
  public BinaryCodec(ClassLoader loader, Predicate<StackTraceElement> frames) {
    this(loader, frames, Surrogates.NONE, Associations.NONE);
  }

  private BinaryCodec(
      ClassLoader loader,
      Predicate<StackTraceElement> frames,
      Surrogates surrogates,
      Associations associations) {
    this.associations = associations;
    this.surrogates = surrogates;
    this.loader = loader;
    this.throwables = new ThrowableCodec(this, frames);
  }

  /// Creates a codec that sends all frames of stack traces and finds classes of exceptions where
  /// its own class was found.
  public BinaryCodec() {
    this(BinaryCodec.class.getClassLoader(), _ -> true);
  }

  /// Creates one that carries types of libraries as records, and else is like the one without.
  ///
  /// @param surrogates at most one for a type
  /// @throws IllegalStateException if there are two for one type
  public BinaryCodec(List<Surrogate<?, ?>> surrogates) {
    this(Surrogates.of(surrogates), Associations.NONE);
  }

  /// Creates one that carries some types as records.
  ///
  /// @param surrogates types that are carried as records
  public BinaryCodec(Surrogates surrogates) {
    this(surrogates, Associations.NONE);
  }

  /// Creates one that carries types of libraries as records and knows of entities.
  ///
  /// @param surrogates types that are carried as records
  /// @param associations knows which values are not loaded
  public BinaryCodec(Surrogates surrogates, Associations associations) {
    this(BinaryCodec.class.getClassLoader(), _ -> true, surrogates, associations);
  }

  /// Carries what an operation threw.
  public ThrowableCodec throwables() {
    return throwables;
  }

  @Override
  public int id() {
    return ID;
  }

  @Override
  public Schema schema(Type type) {
    var use = TypeUse.of(type, Map.of());
    return SchemaBuilder.of(shape(use), use.toString());
  }

  @Override
  public Schema schema(List<Field> parameters) {
    return SchemaBuilder.of(shape(parameters), "parameters");
  }

  @Override
  public ValueCodec compile(Type type, Schema declared) {
    var use = TypeUse.of(type, Map.of());
    return compile(shape(use), declared, Direction.FROM_SERVER, use.toString());
  }

  @Override
  public ValueCodec compile(List<Field> parameters, Schema declared) {
    return compile(shape(parameters), declared, Direction.TO_SERVER, "");
  }

  private ValueCodec compile(Shape shape, Schema declared, Direction direction, String root) {
    boolean own = SchemaBuilder.of(shape, root).equals(declared);
    var known = own ? parts : Map.<Shape, Part>of();
    var compiler = new PartCompiler(new Definitions(declared), direction, known, associations);
    var part = compiler.compile(shape, declared, root);
    if (own) {
      compiler.compiled().forEach(parts::putIfAbsent);
    }
    return new PartCodec(part, root);
  }

  private Shape shape(List<Field> parameters) {
    return new Shape.Arguments(
        parameters.stream()
            .map(parameter ->
                new Shape.Arguments.Argument(
                    parameter.name(),
                    shape(TypeUse.of(parameter.type(), Map.of()), parameter.name())))
            .toList());
  }

  private Shape shape(TypeUse use) {
    return shape(use, use.toString());
  }

  private Shape shape(TypeUse use, String path) {
    var reader = new ShapeReader(shapes, surrogates, this::throwable);
    var shape = reader.read(use, path);
    reader.found().forEach(shapes::putIfAbsent);
    return shape;
  }

  private ScalarPart<?> throwable(Class<?> type) {
    return throwablePart(type.asSubclass(Throwable.class));
  }

  private <T extends Throwable> ScalarPart<T> throwablePart(Class<T> type) {
    return new ScalarPart<>(
        type,
        ScalarKind.THROWABLE,
        throwables::writeField,
        input -> type.cast(throwables.readField(input, loader)));
  }
}
