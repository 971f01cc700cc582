package dev.myelin.object;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The objects that an application can reach, wherever their services are hosted: the bean behind
/// [Objects]. Thread-safe.
///
/// What it returns are stand-ins: of the object's class, equal to each other where their URIs are.
/// Whatever asks the store fails with a [dev.myelin.CallException] as a call does.
public interface ObjectSpace {

  /// Stores a new object.
  ///
  /// @param object an instance of a class annotated [dev.myelin.MicroserviceObject]; it is copied,
  ///   and given a random id where it has none
  /// @return the stand-in for it
  /// @throws ObjectExistsException if the id is taken
  <T> T create(T object);

  /// A stand-in for an object. Asks nobody: if there is no such object, the first call of it fails
  /// with a [NoSuchObjectException].
  ///
  /// @param type class of the object
  /// @param id its id: text, or what the id field holds
  <T> T get(Class<T> type, Object id);

  /// A stand-in for an object, if there is one.
  ///
  /// @param type class of the object
  /// @param id its id
  <T> Optional<T> find(Class<T> type, Object id);

  /// Deletes an object. Whatever refers to it does so in vain from then on.
  ///
  /// @param object a stand-in, or an instance of the object's class
  /// @return whether there was one
  boolean delete(Object object);

  /// Some of the objects of a type, a page at a time. What is created or deleted meanwhile is on a
  /// page or not.
  ///
  /// @param type class of the objects
  /// @param from where the page begins: [ObjectList#next()] of the one before; null for the first
  /// @param limit how many at most, 1 to 1,000
  <T> ObjectList<T> list(Class<T> type, @Nullable String from, int limit);

  /// The stand-in for an object of which there is an instance: inside of an operation, what to pass
  /// on instead of `this`.
  ///
  /// @param object a stand-in, or an instance of the object's class
  <T> T reference(T object);

  /// The URI of an object, `/objects/{type}/{id}`: what a stand-in prints, too.
  ///
  /// @param object a stand-in, or an instance of the object's class
  String uri(Object object);

  /// A stand-in for the object of a URI.
  ///
  /// @param type class of the object
  /// @param uri what [#uri] returned
  /// @throws IllegalArgumentException if it is no URI of an object of that type
  <T> T parse(Class<T> type, String uri);
}
