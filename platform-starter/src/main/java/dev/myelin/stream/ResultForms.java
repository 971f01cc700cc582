package dev.myelin.stream;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.util.ClassUtils;

/// The forms of declared result types.
public final class ResultForms {

  private static final boolean REACTIVE =
      ClassUtils.isPresent("org.reactivestreams.Publisher", ResultForms.class.getClassLoader());

  private static final List<Class<?>> FUTURES =
      List.of(CompletableFuture.class, CompletionStage.class, Future.class);

  private ResultForms() {}

  /// The form of a type whose one value comes later; empty if it is none.
  ///
  /// @param raw the declared class
  public static Optional<FutureForm> future(Class<?> raw) {
    if (FUTURES.contains(raw)) {
      return Optional.of(new PlainFutureForm());
    }
    return reactive(raw) ? ReactiveForms.future(raw) : Optional.empty();
  }

  /// The form of a type that holds any number of values; empty if it is none.
  ///
  /// @param raw the declared class
  public static Optional<StreamForm> stream(Class<?> raw) {
    if (raw == Flow.Publisher.class) {
      return Optional.of(new PublisherForm());
    }
    if (raw == Stream.class) {
      return Optional.of(new JavaStreamForm());
    }
    if (raw == InputStream.class) {
      return Optional.of(new InputStreamForm());
    }
    if (raw == Resource.class) {
      return Optional.of(new ResourceForm());
    }
    return reactive(raw) ? ReactiveForms.stream(raw) : Optional.empty();
  }

  // nothing of the JDK is, and asking costs the start-up of the reactive libraries
  private static boolean reactive(Class<?> raw) {
    return REACTIVE
        && !raw.isPrimitive()
        && !raw.isArray()
        && !raw.getName().startsWith("java.")
        && ReactiveForms.adapted(raw);
  }
}
