package dev.myelin.validation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/// Stands for a `ConstraintViolationException` between two processes.
///
/// Path, message and template of each violation come along, and so does the refused value if it is
/// a scalar: a text of up to 1,000 characters, a number, a boolean, a character, a UUID, or a value
/// of `java.time`. Other values, beans and the constraint's descriptor stay behind, and are null at
/// the caller. Only the exception that an operation threw is replaced, not one that is the cause of
/// another.
public final class CarriedViolations extends RuntimeException {

  private static final boolean PRESENT =
      ClassUtils.isPresent(
          "jakarta.validation.ConstraintViolationException",
          CarriedViolations.class.getClassLoader());

  // null after its arrival, where the list was too long to be carried
  private final @Nullable List<Violation> violations;
  // by the index of their violation. Apart from the violations, because a field that is too long is
  // not carried, and neither is one that another release of this library declares otherwise
  private final @Nullable Map<Integer, RefusedValue> refused;

  /// One violated constraint.
  ///
  /// @param path to what was refused
  /// @param message for people
  /// @param template of the message
  record Violation(List<Node> path, @Nullable String message, @Nullable String template) {

    Violation {
      path = List.copyOf(path);
    }
  }

  /// One step of a path.
  ///
  /// @param name of the property, parameter or method
  /// @param kind name of its `ElementKind`
  /// @param inIterable whether it lies in a collection
  /// @param index in the collection
  /// @param key in the map, as text
  /// @param text of the whole path
  record Node(
      @Nullable String name,
      String kind,
      boolean inIterable,
      @Nullable Integer index,
      @Nullable String key,
      String text) {}

  CarriedViolations(
      @Nullable String message, List<Violation> violations, Map<Integer, RefusedValue> refused) {
    super(message);
    this.violations = List.copyOf(violations);
    this.refused = Map.copyOf(refused);
  }

  List<Violation> violations() {
    return violations == null ? List.of() : violations;
  }

  /// The value that a violation is about; null if it did not come along.
  ///
  /// @param index of the violation
  @Nullable Object refused(int index) {
    var value = refused == null ? null : refused.get(index);
    return value == null ? null : value.restored();
  }

  /// What to send for an exception: itself, unless it is a `ConstraintViolationException`.
  ///
  /// @param thrown what an operation threw
  public static Throwable carried(Throwable thrown) {
    return PRESENT ? ViolationMapping.carried(thrown) : thrown;
  }

  /// The exception that was thrown, for what arrived.
  ///
  /// @param arrived what [#carried] gave at the other side
  public static Throwable restored(Throwable arrived) {
    return PRESENT && arrived instanceof CarriedViolations carried
        ? ViolationMapping.restored(carried)
        : arrived;
  }
}
