package dev.myelin.wire.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value that does not belong where it was found; collects the path to it on its way out.
///
/// Never leaves the package: [PartCodec] turns it into an [UncarriableValueException].
final class MisfitException extends RuntimeException {

  private static final int STEPS_SHOWN = 8;

  private final String problem;
  private final transient List<String> steps = new ArrayList<>();

  MisfitException(String problem) {
    super(problem, null, false, false);
    this.problem = problem;
  }

  /// For a value of another class than the place's.
  static MisfitException wrongClass(Class<?> expected, @Nullable Object value) {
    if (value == null) {
      return new MisfitException("is null, but %s cannot be".formatted(expected.getSimpleName()));
    }
    var found = value.getClass();
    return new MisfitException(
        expected.isAssignableFrom(found)
            ? "is a %s, but only %s itself is declared: make it sealed, or declare the class that is sent"
                .formatted(found.getName(), expected.getSimpleName())
            : "is a %s, but %s is declared".formatted(found.getName(), expected.getSimpleName()));
  }

  /// Adds the step that leads from a value to the part that did not fit.
  ///
  /// @param step `.field`, `[index]` or the like
  MisfitException within(String step) {
    steps.add(step);
    return this;
  }

  /// The message for people.
  ///
  /// @param root what the path starts from; empty for a parameter list
  String describe(String root) {
    var path = new ArrayList<>(steps);
    Collections.reverse(path);
    if (path.size() > 2 * STEPS_SHOWN) {
      path.subList(STEPS_SHOWN, path.size() - STEPS_SHOWN).clear();
      path.add(STEPS_SHOWN, "…");
    }
    var place = root + String.join("", path);
    return "'%s' %s".formatted(place.startsWith(".") ? place.substring(1) : place, problem);
  }
}
