package dev.myelin.validation;

import dev.myelin.validation.CarriedViolations.Node;
import dev.myelin.validation.CarriedViolations.Violation;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.ValidationException;
import jakarta.validation.metadata.ConstraintDescriptor;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A violated constraint as its caller has it: what was said of it, without the beans it was about.
///
/// @param violation what arrived
/// @param invalidValue what was refused; null if it stayed behind
@SuppressWarnings("NullAway") // Bean Validation's own contract: null where there is no such object
record RestoredViolation(Violation violation, @Nullable Object invalidValue)
    implements ConstraintViolation<Object> {

  @Override
  public @Nullable String getMessage() {
    return violation.message();
  }

  @Override
  public @Nullable String getMessageTemplate() {
    return violation.template();
  }

  @Override
  public @Nullable Object getRootBean() {
    return null;
  }

  @Override
  public @Nullable Class<Object> getRootBeanClass() {
    return null;
  }

  @Override
  public @Nullable Object getLeafBean() {
    return null;
  }

  @Override
  public Object @Nullable [] getExecutableParameters() {
    return null;
  }

  @Override
  public @Nullable Object getExecutableReturnValue() {
    return null;
  }

  @Override
  public Path getPropertyPath() {
    return new RestoredPath(violation);
  }

  @Override
  public @Nullable Object getInvalidValue() {
    return invalidValue;
  }

  @Override
  public @Nullable ConstraintDescriptor<?> getConstraintDescriptor() {
    return null;
  }

  @Override
  public <U> U unwrap(Class<U> type) {
    throw new ValidationException(
        "'%s' has stayed in the process that validated".formatted(type.getName()));
  }

  private record RestoredPath(Violation violation) implements Path {

    @Override
    public Iterator<Path.Node> iterator() {
      return violation.path().stream().<Path.Node>map(RestoredNode::new).iterator();
    }

    @Override
    public String toString() {
      return violation.path().isEmpty() ? "" : violation.path().getLast().text();
    }
  }

  private record RestoredNode(Node node) implements Path.Node {

    @Override
    public @Nullable String getName() {
      return node.name();
    }

    @Override
    public boolean isInIterable() {
      return node.inIterable();
    }

    @Override
    public @Nullable Integer getIndex() {
      return node.index();
    }

    @Override
    public @Nullable Object getKey() {
      return node.key();
    }

    @Override
    public ElementKind getKind() {
      return ElementKind.valueOf(node.kind());
    }

    @Override
    public <T extends Path.Node> T as(Class<T> type) {
      return type.cast(this);
    }

    @Override
    public String toString() {
      return String.valueOf(node.name());
    }
  }
}
