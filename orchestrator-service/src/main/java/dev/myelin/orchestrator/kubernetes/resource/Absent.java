package dev.myelin.orchestrator.kubernetes.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands for a field that is not there.
final class Absent {

  private Absent() {}

  static <T> List<T> list(@Nullable List<T> given) {
    return given == null ? List.of() : List.copyOf(given);
  }

  static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
