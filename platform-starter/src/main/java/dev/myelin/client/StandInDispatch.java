package dev.myelin.client;

import dev.myelin.contract.ContainerCallbacks;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.OperationKey;
import dev.myelin.contract.ServiceContract;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.springframework.cglib.proxy.CallbackFilter;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/// Tells for each method of a stand-in's class which callback it gets: one of the fixed ones, or
/// that of an operation. Asked once a method, when the class is generated; equal dispatches share a
/// class.
///
/// @param type the service's type
/// @param operations methods of the operations, in the order of their callbacks
/// @param keys keys of the operations, in the same order
record StandInDispatch(Class<?> type, List<Method> operations, List<String> keys)
    implements CallbackFilter {

  /// `equals`, `hashCode` and `toString`.
  static final int IDENTITY = 0;

  /// What works on a stand-in as it is inherited: the JDK's default methods, `finalize`.
  static final int INHERITED = 1;

  /// What a container calls.
  static final int CONTAINER = 2;

  /// Everything that is not an operation.
  static final int UNSUPPORTED = 3;

  /// The first operation's.
  static final int OPERATIONS = 4;

  static StandInDispatch of(ServiceContract contract) {
    return new StandInDispatch(
        contract.type(),
        contract.operations().stream().map(OperationContract::method).toList(),
        contract.operations().stream().map(OperationContract::key).toList());
  }

  @Override
  public int accept(Method method) {
    if (ReflectionUtils.isEqualsMethod(method)
        || ReflectionUtils.isHashCodeMethod(method)
        || ReflectionUtils.isToStringMethod(method)) {
      return IDENTITY;
    }
    int operation = operation(method);
    if (operation >= 0) {
      return OPERATIONS + operation;
    }
    if (inherited(method)) {
      return INHERITED;
    }
    return ContainerCallbacks.of(type).contains(method) ? CONTAINER : UNSUPPORTED;
  }

  private static boolean inherited(Method method) {
    return method.isDefault()
        ? method.getDeclaringClass().getName().startsWith("java.")
        : method.getName().equals("finalize") && method.getParameterCount() == 0;
  }

  /// Index of the operation that a method of the type is, -1 if it is none.
  ///
  /// The type may be a class whose interface is the service: then its methods are found by their
  /// signatures.
  ///
  /// @param method a method of the type
  int operation(Method method) {
    if (!Modifier.isPublic(method.getModifiers())) {
      return -1;
    }
    var original = BridgeMethodResolver.findBridgedMethod(method);
    int index = keys.indexOf(OperationKey.of(original, ResolvableType.forClass(type)));
    for (int i = 0; index < 0 && i < operations.size(); i++) {
      if (sameSignature(operations.get(i), method) || sameSignature(operations.get(i), original)) {
        index = i;
      }
    }
    return index;
  }

  private static boolean sameSignature(Method one, Method other) {
    return one.getName().equals(other.getName())
        && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
  }
}
