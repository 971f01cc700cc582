package dev.myelin.wire.codec;

import java.util.Map;

/// Why a type cannot be carried, and what to do: the messages of [UncarriableTypeException].
final class Uncarriable {

  private static final Map<String, String> REMEDIES =
      Map.ofEntries(
          Map.entry("java.lang.Object", "declare the type that is sent"),
          Map.entry("java.io.InputStream", "return it as the result itself, or send byte[]"),
          Map.entry("java.io.OutputStream", "return byte[] or an InputStream"),
          Map.entry("java.io.Reader", "send a String"),
          Map.entry("java.io.File", "send its path as a String, or its content as byte[]"),
          Map.entry("java.nio.file.Path", "send it as a String"),
          Map.entry("java.lang.Class", "send its name"),
          Map.entry("java.util.stream.Stream", "return it as the result itself, or send a List"),
          Map.entry("java.util.Iterator", "send a List"),
          Map.entry("java.lang.Number", "declare the class of the number"),
          Map.entry(
              "java.util.concurrent.Flow$Publisher",
              "return it as the result itself, or send a List"),
          Map.entry(
              "java.util.concurrent.CompletableFuture",
              "return it as the result itself, or send its value"),
          Map.entry(
              "org.springframework.core.io.Resource",
              "return it as the result itself, or send byte[]"),
          Map.entry(
              "org.reactivestreams.Publisher", "return it as the result itself, or send a List"),
          Map.entry(
              "reactor.core.publisher.Flux", "return it as the result itself, or send a List"),
          Map.entry(
              "reactor.core.publisher.Mono", "return it as the result itself, or send its value"));

  private Uncarriable() {}

  static UncarriableTypeException platformClass(String path, Class<?> type) {
    var other =
        type.isInterface()
            ? "declare a record or a sealed interface of your own"
            : "send a record with what the other side needs of it";
    return because(
        path,
        "'%s' is a type of the JDK that is not carried".formatted(type.getName()),
        REMEDIES.getOrDefault(type.getName(), other));
  }

  static UncarriableTypeException openType(String path, Class<?> type) {
    return because(
        path,
        "'%s' is %s that anything may extend, so that it does not say what is sent"
            .formatted(type.getName(), type.isInterface() ? "an interface" : "an abstract class"),
        REMEDIES.getOrDefault(type.getName(), "make it sealed, or declare the class that is sent"));
  }

  static UncarriableTypeException innerClass(String path, Class<?> type) {
    return because(
        path,
        "'%s' is an inner or local class, which holds what encloses it".formatted(type.getName()),
        "make it a static nested class or a record");
  }

  static UncarriableTypeException platformParent(String path, Class<?> type, Class<?> parent) {
    return because(
        path,
        "'%s' extends '%s' of the JDK, whose state is not accessible"
            .formatted(type.getName(), parent.getName()),
        "hold that as a field instead of extending it");
  }

  static UncarriableTypeException noConstructor(
      String path, Class<?> type, Iterable<String> names) {
    return because(
        path,
        "'%s' has neither a constructor without parameters nor one with a parameter for each field"
                .formatted(type.getName())
            + ", named like it (%s) and compiled with -parameters"
                .formatted(String.join(", ", names)),
        "add one of them, of any visibility, or make it a record");
  }

  static UncarriableTypeException tooManyFields(String path, Class<?> type) {
    return because(
        path,
        "the constructor of '%s' takes too many parameters".formatted(type.getName()),
        "group its fields into records");
  }

  static UncarriableTypeException closedModule(String path, Class<?> type) {
    return because(
        path,
        "'%s' is in a module that does not open its package".formatted(type.getName()),
        "add 'opens %s;' to its module-info.java".formatted(type.getPackageName()));
  }

  static UncarriableTypeException incomparable(String path, Class<?> type) {
    return because(
        path,
        "'%s' is sorted but not Comparable".formatted(type.getName()),
        "implement Comparable, or declare an unsorted collection");
  }

  static UncarriableTypeException hashedUrl(String path) {
    return because(path, "the hash of a URL asks the network for its host", "declare a URI");
  }

  static UncarriableTypeException nothing(String path) {
    return because(path, "there is no number of Void", "declare what is sent");
  }

  static UncarriableTypeException endless(String path) {
    return because(
        path.length() > 200 ? path.substring(0, 200) + "…" : path,
        "types are nested without end",
        "declare a type that refers to itself with the same type arguments");
  }

  private static UncarriableTypeException because(String path, String problem, String remedy) {
    return new UncarriableTypeException(
        "'%s' cannot be carried: %s; %s".formatted(path, problem, remedy));
  }
}
