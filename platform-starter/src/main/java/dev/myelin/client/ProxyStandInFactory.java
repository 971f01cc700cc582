package dev.myelin.client;

import static dev.myelin.client.StandInDispatch.OPERATIONS;

import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContract;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.cglib.core.NamingPolicy;
import org.springframework.cglib.core.Predicate;
import org.springframework.cglib.proxy.Callback;
import org.springframework.cglib.proxy.Enhancer;
import org.springframework.cglib.proxy.Factory;
import org.springframework.cglib.proxy.MethodInterceptor;
import org.springframework.cglib.proxy.MethodProxy;
import org.springframework.cglib.proxy.NoOp;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ClassUtils;

/// Makes stand-ins by generating a subclass of the service's class, or an implementation of its
/// interface, once a contract. Thread-safe.
///
/// Each operation has a callback of its own, so a call costs no look-up. The generated class lives
/// in the package of the type, so that a package-private type has stand-ins too; a type of the JDK
/// has them in this package. Methods that are no operations throw, but for those that a container
/// calls, which do nothing.
public final class ProxyStandInFactory implements StandInFactory {

  private final SpringObjenesis objenesis = new SpringObjenesis();

  /// Says why no stand-in can be made for a service; empty if one can.
  ///
  /// @param contract the service
  public static Optional<String> obstacle(ServiceContract contract) {
    var type = contract.type();
    if (Modifier.isFinal(type.getModifiers())) {
      return Optional.of("'%s' is final".formatted(type.getName()));
    }
    if (type.isSealed()) {
      return Optional.of("'%s' is sealed".formatted(type.getName()));
    }
    var dispatch = StandInDispatch.of(contract);
    return Arrays.stream(type.getMethods())
        .filter(method -> Modifier.isFinal(method.getModifiers()))
        .filter(method -> method.getDeclaringClass() != Object.class)
        .filter(method -> dispatch.operation(method) >= 0)
        .map(method -> "its operation '%s' is final".formatted(describe(method)))
        .sorted()
        .findFirst();
  }

  @Override
  public Object create(ServiceContract contract, CallInvoker invoker) {
    obstacle(contract)
        .ifPresent(reason -> {
          throw new IllegalArgumentException(
              ("No stand-in can be made for service '%s' of type '%s': %s. Remove the modifier,"
                      + " or let callers inject an interface that is annotated @Microservice.")
                  .formatted(contract.name(), contract.type().getName(), reason));
        });
    var standIn = (Factory) objenesis.newInstance(generate(contract), true);
    standIn.setCallbacks(callbacks(contract, invoker, identity(contract)));
    return standIn;
  }

  /// Prepares many stand-ins for one type, each with an identity of its own.
  ///
  /// @param contract the operations
  public Template template(ServiceContract contract) {
    return new Template(contract, generate(contract));
  }

  /// Makes stand-ins of one type. Thread-safe.
  public final class Template {

    private final ServiceContract contract;
    private final Class<?> generated;

    private Template(ServiceContract contract, Class<?> generated) {
      this.contract = contract;
      this.generated = generated;
    }

    /// Creates a stand-in.
    ///
    /// @param invoker what its operations do
    /// @param identity what is equal, hashed and printed in its place
    public Object create(CallInvoker invoker, Object identity) {
      var standIn = (Factory) objenesis.newInstance(generated, true);
      standIn.setCallbacks(callbacks(contract, invoker, new Identified(identity)));
      return standIn;
    }
  }

  /// The identity that a stand-in was made with; null if it is none that has one.
  ///
  /// @param object anything
  public static @Nullable Object identity(Object object) {
    return object instanceof Factory made
            && made.getCallback(StandInDispatch.IDENTITY) instanceof Identified(var identity)
        ? identity
        : null;
  }

  /// `equals`, `hashCode` and `toString` of a stand-in that something else stands for.
  private record Identified(Object identity) implements MethodInterceptor {

    @Override
    public Object intercept(
        Object self, Method method, @Nullable Object[] arguments, MethodProxy proxy) {
      return switch (method.getName()) {
        case "equals" -> {
          var other = arguments[0];
          yield other != null && identity.equals(ProxyStandInFactory.identity(other));
        }
        case "hashCode" -> identity.hashCode();
        default -> identity.toString();
      };
    }
  }

  private static Class<?> generate(ServiceContract contract) {
    var type = contract.type();
    var enhancer = new AnyConstructorEnhancer();
    if (type.isInterface()) {
      enhancer.setInterfaces(new Class<?>[] {type});
    } else {
      enhancer.setSuperclass(type);
    }
    var neighbour = neighbour(type);
    enhancer.setContextClass(neighbour);
    enhancer.setClassLoader(neighbour.getClassLoader());
    enhancer.setNamingPolicy(new StandInNames(neighbour.getPackageName(), type));
    enhancer.setCallbackFilter(StandInDispatch.of(contract));
    var kinds = new Class<?>[OPERATIONS + contract.operations().size()];
    Arrays.fill(kinds, MethodInterceptor.class);
    kinds[StandInDispatch.INHERITED] = NoOp.class;
    enhancer.setCallbackTypes(kinds);
    return enhancer.createClass();
  }

  // the generated class refers to cglib and, if its type is package-private, has to be in its
  // package
  private static Class<?> neighbour(Class<?> type) {
    var loader = type.getClassLoader();
    return loader != null && ClassUtils.isVisible(Factory.class, loader)
        ? type
        : ProxyStandInFactory.class;
  }

  private static Callback[] callbacks(
      ServiceContract contract, CallInvoker invoker, Callback identity) {
    var operations = contract.operations();
    var callbacks = new Callback[OPERATIONS + operations.size()];
    callbacks[StandInDispatch.IDENTITY] = identity;
    callbacks[StandInDispatch.INHERITED] = NoOp.INSTANCE;
    callbacks[StandInDispatch.CONTAINER] = (MethodInterceptor) (_, _, _, _) -> null;
    callbacks[StandInDispatch.UNSUPPORTED] = unsupported(contract);
    for (int i = 0; i < operations.size(); i++) {
      callbacks[OPERATIONS + i] = call(operations.get(i), invoker);
    }
    return callbacks;
  }

  private static MethodInterceptor call(OperationContract operation, CallInvoker invoker) {
    return (_, _, arguments, _) -> invoker.invoke(operation, arguments);
  }

  @SuppressWarnings("ReferenceEquality") // a stand-in has no state to compare
  private static MethodInterceptor identity(ServiceContract contract) {
    var text =
        "stand-in of service '%s' (%s)".formatted(contract.name(), contract.type().getName());
    return (self, method, arguments, _) ->
        switch (method.getName()) {
          case "equals" -> self == arguments[0];
          case "hashCode" -> System.identityHashCode(self);
          default -> text;
        };
  }

  private static MethodInterceptor unsupported(ServiceContract contract) {
    return (_, method, _, _) -> {
      throw new UnsupportedOperationException(
          ("'%s' of '%s' is no operation of service '%s', which is not hosted in this process:"
                  + " operations are the public methods of its class, or of the interface that is"
                  + " annotated @Microservice.")
              .formatted(describe(method), method.getDeclaringClass().getName(), contract.name()));
    };
  }

  private static String describe(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }

  /// Unlike its superclass, content with classes that have private constructors only: no
  /// constructor ever runs.
  private static final class AnyConstructorEnhancer extends Enhancer {

    @Override
    @SuppressWarnings("rawtypes") // as inherited
    protected void filterConstructors(Class type, List constructors) {}
  }

  /// Names of generated classes: `a.b.PriceList$$StandIn$$0`, in a given package.
  ///
  /// @param packageName the package
  /// @param type what the class stands in for
  private record StandInNames(String packageName, Class<?> type) implements NamingPolicy {

    @Override
    public String getClassName(
        @Nullable String prefix, @Nullable String source, Object key, Predicate names) {
      var simple = type.getName().substring(type.getPackageName().length() + 1);
      int index = 0;
      String name;
      do {
        name = "%s.%s$$StandIn$$%d".formatted(packageName, simple, index++);
      } while (names.evaluate(name));
      return name;
    }
  }
}
