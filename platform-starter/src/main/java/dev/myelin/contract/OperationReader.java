package dev.myelin.contract;

import dev.myelin.contract.OperationContract.Result;
import dev.myelin.stream.ResultForms;
import dev.myelin.wire.codec.Codec;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/// Finds the operations of a service: the public methods of its type.
final class OperationReader {

  private final ServiceDeclaration declaration;
  private final AttributeReader attributes;
  private final ContainerCallbacks callbacks;

  OperationReader(ServiceDeclaration declaration, AttributeReader attributes) {
    this.declaration = declaration;
    this.attributes = attributes;
    this.callbacks = ContainerCallbacks.of(declaration.rawType());
  }

  /// The operations, in order of their keys.
  List<OperationContract> read() {
    var found = new ArrayList<OperationContract>();
    methods().forEach((key, method) -> found.add(operation(key, method)));
    return found;
  }

  private Map<String, Method> methods() {
    var methods = new TreeMap<String, Method>();
    for (var candidate : declaration.rawType().getMethods()) {
      var method = BridgeMethodResolver.findBridgedMethod(candidate);
      if (operation(method)) {
        methods.merge(
            OperationKey.of(method, declaration.type()), method, OperationReader::moreSpecific);
      }
    }
    return methods;
  }

  private boolean operation(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers())
        && !method.isSynthetic()
        && !objectMethod(method)
        && !inheritedFromJdk(method)
        && !callbacks.contains(method);
  }

  // an interface may declare equals anew, with another text
  private static boolean objectMethod(Method method) {
    return ReflectionUtils.isObjectMethod(method)
        || ReflectionUtils.isEqualsMethod(method)
        || ReflectionUtils.isHashCodeMethod(method)
        || ReflectionUtils.isToStringMethod(method);
  }

  // Function.andThen, Comparator.reversed: they work on whatever implements the abstract methods
  private static boolean inheritedFromJdk(Method method) {
    return method.isDefault() && method.getDeclaringClass().getName().startsWith("java.");
  }

  private static Method moreSpecific(Method one, Method other) {
    if (one.getReturnType() != other.getReturnType()) {
      return one.getReturnType().isAssignableFrom(other.getReturnType()) ? other : one;
    }
    return one.getDeclaringClass().isAssignableFrom(other.getDeclaringClass()) ? other : one;
  }

  private OperationContract operation(String key, Method method) {
    var owner = declaration.type().as(method.getDeclaringClass());
    var parameters = new ArrayList<Codec.Field>();
    var types = method.getGenericParameterTypes();
    for (int i = 0; i < types.length; i++) {
      parameters.add(
          new Codec.Field(
              method.getParameters()[i].getName(),
              ResolvedType.of(ResolvableType.forType(types[i], owner))));
    }
    var result = result(ResolvableType.forType(method.getGenericReturnType(), owner));
    var operation =
        new OperationContract(
            key, method, parameters, result, attributes.rules(method), attributes.inline(method));
    var _ = EarlierOperation.of(operation); // what it refuses stops the start
    return operation;
  }

  private static Result result(ResolvableType type) {
    var raw = type.toClass();
    var future = ResultForms.future(raw);
    if (future.isPresent()) {
      return Result.future(nothing(ResolvedType.of(type.getGeneric())), future.get());
    }
    return ResultForms.stream(raw)
        .map(stream -> {
          var fixed = stream.itemType();
          return Result.stream(fixed == null ? ResolvedType.of(type.getGeneric()) : fixed, stream);
        })
        .orElseGet(() -> Result.value(nothing(ResolvedType.of(type))));
  }

  private static Type nothing(Type type) {
    return type == Void.class ? void.class : type;
  }
}
