package dev.myelin.validation;

import dev.myelin.validation.CarriedViolations.Node;
import dev.myelin.validation.CarriedViolations.Violation;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Between Bean Validation's objects and what is carried of them. Apart from [CarriedViolations],
/// because Bean Validation may not be there.
final class ViolationMapping {

  private ViolationMapping() {}

  static Throwable carried(Throwable thrown) {
    if (thrown.getClass() != ConstraintViolationException.class) {
      return thrown;
    }
    // null where the exception itself came from a process that did not carry them
    @Nullable Set<ConstraintViolation<?>> violations =
        ((ConstraintViolationException) thrown).getConstraintViolations();
    if (violations == null) {
      return thrown;
    }
    var texts = new ArrayList<Violation>();
    var refused = new HashMap<Integer, RefusedValue>();
    for (var violation : violations) {
      var value = RefusedValue.of(violation.getInvalidValue());
      if (value != null) {
        refused.put(texts.size(), value);
      }
      texts.add(violation(violation));
    }
    return like(thrown, new CarriedViolations(thrown.getMessage(), texts, refused));
  }

  static Throwable restored(CarriedViolations carried) {
    var violations = new LinkedHashSet<ConstraintViolation<?>>();
    var texts = carried.violations();
    for (int i = 0; i < texts.size(); i++) {
      violations.add(new RestoredViolation(texts.get(i), carried.refused(i)));
    }
    return like(carried, new ConstraintViolationException(carried.getMessage(), violations));
  }

  private static <T extends Throwable> T like(Throwable original, T other) {
    other.setStackTrace(original.getStackTrace());
    if (original.getCause() != null) {
      other.initCause(original.getCause());
    }
    for (var suppressed : original.getSuppressed()) {
      other.addSuppressed(suppressed);
    }
    return other;
  }

  private static Violation violation(ConstraintViolation<?> violation) {
    return new Violation(
        nodes(violation.getPropertyPath()), violation.getMessage(), violation.getMessageTemplate());
  }

  private static List<Node> nodes(Path path) {
    var nodes = new ArrayList<Node>();
    var whole = path.toString();
    for (var node : path) {
      nodes.add(
          new Node(
              node.getName(),
              node.getKind().name(),
              node.isInIterable(),
              node.getIndex(),
              node.getKey() == null ? null : String.valueOf(node.getKey()),
              whole));
    }
    return nodes;
  }
}
