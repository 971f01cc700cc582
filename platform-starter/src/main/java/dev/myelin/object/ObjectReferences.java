package dev.myelin.object;

import dev.myelin.client.CallInvoker;
import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.OperationContract;
import dev.myelin.storage.ObjectKey;
import dev.myelin.wire.codec.Surrogate;
import dev.myelin.wire.codec.Surrogates;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JacksonModule;

/// The references to objects of one application context: stand-ins, and what they are on the wire
/// and in JSON. Thread-safe.
///
/// A stand-in is equal to another of the same URI, and that is all it knows of its object; making
/// one asks nobody. Also a live instance of an object's class is carried as the reference to its
/// object: what is passed around is never a copy.
public final class ObjectReferences implements Surrogates {

  private final ObjectTypes types;
  private final Function<ObjectType, CallInvoker> calls;
  private final ProxyStandInFactory factory = new ProxyStandInFactory();
  private final Map<ObjectType, Made> made = new ConcurrentHashMap<>();
  private final Map<Class<?>, Surrogate<?, ?>> surrogates = new ConcurrentHashMap<>();

  /// What all stand-ins of a type share.
  private record Made(ProxyStandInFactory.Template template, CallInvoker invoker) {}

  /// What a reference is on the wire.
  ///
  /// @param uri `/objects/{type}/{id}`
  record Reference(String uri) {}

  /// Creates one.
  ///
  /// @param types the types of objects
  /// @param calls calls the operations of a type's service; asked when the first stand-in of the
  ///   type is made
  public ObjectReferences(ObjectTypes types, Function<ObjectType, CallInvoker> calls) {
    this.types = types;
    this.calls = calls;
  }

  /// Carries references as URIs in JSON.
  public JacksonModule module() {
    return new ObjectJson(this);
  }

  /// A stand-in for an object.
  Object standIn(ObjectType type, ObjectKey key) {
    var shared = made.computeIfAbsent(type, this::make);
    return shared
        .template()
        .create(
            (operation, arguments) ->
                shared.invoker().invoke(type.operation(operation.key()), with(key.id(), arguments)),
            new Identity(key));
  }

  private Made make(ObjectType type) {
    var invoker = calls.apply(type);
    return new Made(
        factory.template(type.declared()),
        (operation, arguments) -> {
          if (ObjectHost.queues(operation)) {
            WriteQueue.letNextGo();
          }
          return invoker.invoke(operation, arguments);
        });
  }

  private static @Nullable Object[] with(String id, @Nullable Object[] arguments) {
    var all = new @Nullable Object[arguments.length + 1];
    all[0] = id;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }

  /// What a stand-in knows of itself.
  ///
  /// @param key which object it stands for
  private record Identity(ObjectKey key) {

    @Override
    public String toString() {
      return ObjectUri.of(key);
    }
  }

  /// The key of the object that a stand-in, or an instance of an object's class, stands for.
  ///
  /// @throws IllegalArgumentException if it is neither
  ObjectKey keyOf(Object object) {
    return ProxyStandInFactory.identity(object) instanceof Identity(var key)
        ? key
        : types.of(object).keyOf(object);
  }

  /// Whether it is a stand-in for an object.
  static boolean standsIn(Object object) {
    return ProxyStandInFactory.identity(object) instanceof Identity;
  }

  /// A stand-in for the object of a URI.
  ///
  /// @param type what the object must be
  /// @throws IllegalArgumentException if it is no such URI
  Object parse(Class<?> type, String uri) {
    var expected = types.get(type);
    var key = ObjectUri.parse(uri);
    if (!key.type().equals(expected.name())) {
      throw new IllegalArgumentException(
          "'%s' is no URI of an object of type '%s'".formatted(uri, expected.name()));
    }
    return standIn(expected, expected.key(key.id()));
  }

  @Override
  public @Nullable Surrogate<?, ?> find(Class<?> type) {
    return ObjectType.objectClass(type) == type
        ? surrogates.computeIfAbsent(type, this::surrogate)
        : null;
  }

  private <T> Surrogate<T, Reference> surrogate(Class<T> type) {
    return new Surrogate<>(
        type,
        Reference.class,
        value -> new Reference(ObjectUri.of(keyOf(value))),
        reference -> type.cast(parse(type, reference.uri())));
  }

  /// The operation of a type's service that is one of [ObjectAccess].
  static OperationContract access(ObjectType type, String name) {
    return type.service().operations().stream()
        .filter(operation -> operation.method().getDeclaringClass() == ObjectAccess.class)
        .filter(operation -> operation.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// Calls an operation of [ObjectAccess].
  Object call(ObjectType type, String name, @Nullable Object... arguments) {
    try {
      var invoker = made.computeIfAbsent(type, this::make).invoker();
      return java.util.Objects.requireNonNull(invoker.invoke(access(type, name), arguments));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("'%s' throws no checked exception".formatted(name), e);
    }
  }
}
