package dev.myelin.persistence;

import java.lang.reflect.AnnotatedElement;
import java.util.Set;
import java.util.stream.Stream;

/// Tells ids by the names of their annotations, which may not be on the class path.
final class Ids {

  private static final Set<String> ANNOTATIONS =
      Set.of("jakarta.persistence.Id", "jakarta.persistence.EmbeddedId");

  private Ids() {}

  static boolean annotated(AnnotatedElement element) {
    return Stream.of(element.getDeclaredAnnotations())
        .anyMatch(annotation -> ANNOTATIONS.contains(annotation.annotationType().getName()));
  }
}
