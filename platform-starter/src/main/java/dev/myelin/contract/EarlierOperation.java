package dev.myelin.contract;

import dev.myelin.ParameterDefault;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.support.DefaultConversionService;

/// An operation as it was before its last parameters were added, which have a [ParameterDefault].
///
/// @param contract the operation with fewer parameters; its method is the one of now
/// @param defaults values of the parameters that it lacks
public record EarlierOperation(OperationContract contract, List<@Nullable Object> defaults) {

  private static final String TEXT =
      "Correct the text of @ParameterDefault, or take the annotation off.";
  private static final String LAST =
      "Give @ParameterDefault only to the last parameters of an operation.";

  /// The earlier forms of an operation, the one with most parameters first; empty if no parameter
  /// has a default.
  ///
  /// @param operation the operation of now
  /// @throws InvalidServiceException if a default stands before a parameter without one, or is no
  ///   value of its parameter's type
  public static List<EarlierOperation> of(OperationContract operation) {
    var method = operation.method();
    var parameters = method.getParameters();
    int first = parameters.length;
    while (first > 0 && parameters[first - 1].isAnnotationPresent(ParameterDefault.class)) {
      first--;
    }
    requireLast(method, first);
    var earlier = new ArrayList<EarlierOperation>();
    for (int count = parameters.length - 1; count >= first; count--) {
      var defaults = new ArrayList<@Nullable Object>();
      for (int i = count; i < parameters.length; i++) {
        defaults.add(value(method, i));
      }
      earlier.add(new EarlierOperation(shortened(operation, count), defaults));
    }
    return earlier;
  }

  private static OperationContract shortened(OperationContract operation, int count) {
    var name = operation.name();
    var types = operation.key().substring(name.length() + 1, operation.key().length() - 1);
    var key =
        Arrays.stream(types.split(","))
            .limit(count)
            .collect(Collectors.joining(",", name + "(", ")"));
    return new OperationContract(
        key,
        operation.method(),
        operation.parameters().subList(0, added(operation) + count),
        operation.result(),
        operation.rules(),
        operation.inline());
  }

  // what precedes the method's own parameters: the id of an object
  private static int added(OperationContract operation) {
    return Math.max(0, operation.parameters().size() - operation.method().getParameterCount());
  }

  private static void requireLast(Method method, int first) {
    for (int i = 0; i < first; i++) {
      if (method.getParameters()[i].isAnnotationPresent(ParameterDefault.class)) {
        throw invalid(method, i, "has a default, but a parameter after it has none", LAST);
      }
    }
  }

  private static @Nullable Object value(Method method, int index) {
    var parameter = method.getParameters()[index];
    var text = parameter.getAnnotation(ParameterDefault.class).value();
    var type = parameter.getType();
    if (text.isEmpty() && type == Optional.class) {
      return Optional.empty();
    }
    if (text.isEmpty() && !type.isPrimitive() && !counted(parameter)) {
      return null;
    }
    try {
      var value =
          DefaultConversionService.getSharedInstance()
              .convert(
                  text,
                  TypeDescriptor.valueOf(String.class),
                  new TypeDescriptor(new MethodParameter(method, index)));
      if (value != null || !type.isPrimitive()) {
        return value;
      }
    } catch (ConversionException | IllegalArgumentException e) {
      throw invalid(
          method, index, "has the default '%s': %s".formatted(text, e.getMessage()), TEXT);
    }
    throw invalid(method, index, "is a primitive with an empty default", TEXT);
  }

  private static boolean counted(Parameter parameter) {
    var type = parameter.getType();
    return type == String.class || type.isArray() || Collection.class.isAssignableFrom(type);
  }

  private static InvalidServiceException invalid(
      Method method, int index, String problem, String action) {
    var name = method.getParameters()[index].getName();
    return new InvalidServiceException(
        "Parameter '%s' of operation '%s' of '%s' %s."
            .formatted(name, method.getName(), method.getDeclaringClass().getName(), problem),
        action);
  }
}
