package dev.myelin.object;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The objects that an application can reach, for code into which nothing is injected: that of
/// objects themselves, above all. Thread-safe.
///
/// It is the [ObjectSpace] of the application that runs the current operation of an object, else of
/// the one that was started last in this JVM; beans better have that injected. It fails with an
/// [IllegalStateException] where no application runs.
public final class Objects {

  private static final ScopedValue<ObjectSpace> CURRENT = ScopedValue.newInstance();
  private static final CopyOnWriteArrayList<ObjectSpace> STARTED = new CopyOnWriteArrayList<>();

  private Objects() {}

  /// Stores a new object.
  ///
  /// @param object an instance of a class annotated [dev.myelin.MicroserviceObject]
  /// @return the stand-in for it
  /// @throws ObjectExistsException if its id is taken
  public static <T> T create(T object) {
    return space().create(object);
  }

  /// A stand-in for an object; asks nobody whether there is one.
  ///
  /// @param type class of the object
  /// @param id its id: text, or what the id field holds
  public static <T> T get(Class<T> type, Object id) {
    return space().get(type, id);
  }

  /// A stand-in for an object, if there is one.
  ///
  /// @param type class of the object
  /// @param id its id
  public static <T> Optional<T> find(Class<T> type, Object id) {
    return space().find(type, id);
  }

  /// Deletes an object.
  ///
  /// @param object a stand-in, or an instance of the object's class
  /// @return whether there was one
  public static boolean delete(Object object) {
    return space().delete(object);
  }

  /// Some of the objects of a type, a page at a time.
  ///
  /// @param type class of the objects
  /// @param from where the page begins; null for the first
  /// @param limit how many at most, 1 to 1,000
  public static <T> ObjectList<T> list(Class<T> type, @Nullable String from, int limit) {
    return space().list(type, from, limit);
  }

  /// The stand-in for an object of which there is an instance: inside of an operation, what to pass
  /// on instead of `this`.
  ///
  /// @param object a stand-in, or an instance of the object's class
  public static <T> T reference(T object) {
    return space().reference(object);
  }

  /// The URI of an object.
  ///
  /// @param object a stand-in, or an instance of the object's class
  public static String uri(Object object) {
    return space().uri(object);
  }

  /// A stand-in for the object of a URI.
  ///
  /// @param type class of the object
  /// @param uri what [#uri] returned
  public static <T> T parse(Class<T> type, String uri) {
    return space().parse(type, uri);
  }

  private static ObjectSpace space() {
    if (CURRENT.isBound()) {
      return CURRENT.get();
    }
    // a copy, since another thread may stop the last one meanwhile
    var started = STARTED.toArray(ObjectSpace[]::new);
    if (started.length == 0) {
      throw new IllegalStateException(
          "Objects can be used while an application with the Myelin starter runs, and none does:"
              + " start its context first, or inject an ObjectSpace.");
    }
    return started[started.length - 1];
  }

  /// Runs an operation of an object for which a space is the current one.
  ///
  /// @throws Exception what it throws
  static <T> T within(ObjectSpace space, Callable<T> operation) throws Exception {
    return ScopedValue.where(CURRENT, space).call(operation::call);
  }

  /// Makes a space the one that is used outside of operations, until it is stopped or another one
  /// is started.
  ///
  /// @param space the space of an application that starts
  /// @return stops that
  public static Runnable started(ObjectSpace space) {
    STARTED.add(space);
    return () -> STARTED.remove(space);
  }
}
