package dev.myelin.wire.codec;

import dev.myelin.RemoteCallException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Makes exceptions of any class without running that class's constructors.
///
/// As deserialisation does it: the object is of the exception's class, but the constructor that
/// runs is that of an ancestor in the JDK which takes a message. So `Throwable` is initialised as
/// it should be, whatever constructors the class itself has.
final class ThrowableFactory {

  private static final @Nullable MethodHandle SERIALIZATION = serialization();
  private static final int LONGEST_NAME = 1_000;

  // names of classes that there are: bounded by the class path
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /// Makes an exception with its message and its cause; the caller adds the rest.
  ///
  /// @param remote what was thrown
  /// @param loader finds its class
  /// @return an instance of its class; a [RemoteCallException] if there is no such class of
  ///   exceptions, or if a class of the JDK does not give back message and cause
  Throwable create(Remote remote, ClassLoader loader) {
    var type = find(remote.type(), loader);
    if (type == null) {
      return remote.standIn();
    }
    for (var constructor : constructors(type)) {
      var throwable = create(type, constructor, remote);
      if (throwable != null) {
        return throwable;
      }
    }
    return remote.standIn();
  }

  /// The exception itself; a stand-in if asking it for its message fails, as it may where a field
  /// was lost.
  Throwable usable(Throwable throwable, Remote remote) {
    try {
      var _ = throwable.getMessage();
      return throwable;
    } catch (RuntimeException _) {
      return remote.standIn();
    }
  }

  /// The message that an exception's constructor was given, where its class makes another of it.
  @Nullable String rawMessage(Throwable throwable) {
    var type = (Class<?>) throwable.getClass();
    if (ShapeReader.platform(type)) {
      return throwable.getMessage();
    }
    while (!ShapeReader.platform(type.getSuperclass())) {
      type = type.getSuperclass();
    }
    try {
      var message =
          StructHandles.lookup(type)
              .findSpecial(
                  type.getSuperclass(), "getMessage", MethodType.methodType(String.class), type);
      return (String) message.invoke(throwable);
    } catch (Throwable _) {
      return throwable.getMessage();
    }
  }

  private @Nullable Class<? extends Throwable> find(String name, ClassLoader loader) {
    // a class loader remembers for ever each name that it was asked to load, whether there is such
    // a class or not, so that made-up names would fill the memory: it is asked for the file first
    if (name.length() > LONGEST_NAME || !(known.contains(name) || exists(name, loader))) {
      return null;
    }
    try {
      var type = Class.forName(name, false, loader);
      known.add(name);
      return Throwable.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())
          ? type.asSubclass(Throwable.class)
          : null;
    } catch (ClassNotFoundException | LinkageError _) {
      return null;
    }
  }

  private static boolean exists(String name, ClassLoader loader) {
    try {
      return loader.getResource(name.replace('.', '/') + ".class") != null;
    } catch (IllegalArgumentException _) {
      // no name of a file
      return false;
    }
  }

  /// Constructors of ancestors in the JDK (or of the class itself, if it is there) that take a
  /// message, nearest first.
  private static List<Constructor<?>> constructors(Class<?> type) {
    var constructors = new ArrayList<Constructor<?>>();
    for (var each = type; each != Object.class; each = each.getSuperclass()) {
      if (ShapeReader.platform(each)) {
        Arrays.stream(each.getDeclaredConstructors())
            .filter(constructor ->
                Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {String.class}))
            .forEach(constructors::add);
      }
    }
    return constructors;
  }

  private static @Nullable Throwable create(
      Class<?> type, Constructor<?> constructor, Remote remote) {
    if (SERIALIZATION == null) {
      return null;
    }
    try {
      var maker = (Constructor<?>) SERIALIZATION.invoke(type, constructor);
      var throwable = (Throwable) maker.newInstance(remote.rawMessage());
      if (remote.cause() != null) {
        throwable.initCause(remote.cause());
      }
      return !ShapeReader.platform(type) || remote.sameAs(throwable) ? throwable : null;
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable _) {
      return null;
    }
  }

  /// `(Class, Constructor) → Constructor` of `jdk.unsupported`; null where that module is absent.
  private static @Nullable MethodHandle serialization() {
    try {
      var type = Class.forName("sun.reflect.ReflectionFactory");
      var lookup = MethodHandles.publicLookup();
      var factory =
          lookup.findStatic(type, "getReflectionFactory", MethodType.methodType(type)).invoke();
      return lookup
          .findVirtual(
              type,
              "newConstructorForSerialization",
              MethodType.methodType(Constructor.class, Class.class, Constructor.class))
          .bindTo(factory);
    } catch (Throwable _) {
      return null;
    }
  }

  /// What was thrown at the other side.
  ///
  /// @param type name of its class
  /// @param message what it said
  /// @param rawMessage what its constructor had been given
  /// @param cause its cause
  record Remote(
      String type,
      @Nullable String message,
      @Nullable String rawMessage,
      @Nullable Throwable cause) {

    Throwable standIn() {
      return new RemoteCallException(type, message, cause);
    }

    boolean sameAs(Throwable throwable) {
      return Objects.equals(throwable.getMessage(), message)
          && Objects.equals(throwable.getCause(), cause);
    }
  }
}
