package dev.myelin.contract;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.core.ResolvableType;

/// Keys of operations: the method's name with the erased types of its parameters as the service's
/// type resolves them, `find(a.b.Order)` for a `find(T)` where `T` is `Order`.
public final class OperationKey {

  private OperationKey() {}

  /// The key of a method.
  ///
  /// @param method a method that the type declares or inherits
  /// @param type the service's type
  public static String of(Method method, ResolvableType type) {
    var owner = type.as(method.getDeclaringClass());
    return Arrays.stream(method.getGenericParameterTypes())
        .map(parameter -> ResolvableType.forType(parameter, owner).toClass().getTypeName())
        .collect(Collectors.joining(",", method.getName() + "(", ")"));
  }
}
