package dev.myelin.persistence;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.cglib.core.NamingPolicy;
import org.springframework.cglib.core.Predicate;
import org.springframework.cglib.proxy.Callback;
import org.springframework.cglib.proxy.CallbackFilter;
import org.springframework.cglib.proxy.Enhancer;
import org.springframework.cglib.proxy.Factory;
import org.springframework.cglib.proxy.MethodInterceptor;
import org.springframework.cglib.proxy.NoOp;
import org.springframework.objenesis.SpringObjenesis;

/// Makes the objects that stand for entities that were not loaded: subclasses whose methods refuse,
/// generated once a class. Thread-safe.
final class UnloadedEntities {

  private static final int INHERITED = 0;
  private static final int REFUSED = 1;

  private final SpringObjenesis objenesis = new SpringObjenesis();
  private final Class<?>[] interfaces;
  private final ClassValue<Class<?>> generated =
      new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> type) {
          return generate(type);
        }
      };

  /// Creates a factory.
  ///
  /// @param interfaces what the objects implement besides
  UnloadedEntities(Class<?>... interfaces) {
    this.interfaces = interfaces.clone();
  }

  /// Whether a class can be stood for.
  static boolean possible(Class<?> type) {
    int modifiers = type.getModifiers();
    return !type.isInterface()
        && !type.isSealed()
        && !Modifier.isFinal(modifiers)
        && !Modifier.isPrivate(modifiers);
  }

  /// Makes one.
  ///
  /// @param type class of the entity
  /// @param refusal called for each method but those of `Object` that the class does not override
  Object create(Class<?> type, MethodInterceptor refusal) {
    var instance = (Factory) objenesis.newInstance(generated.get(type), true);
    instance.setCallbacks(new Callback[] {NoOp.INSTANCE, refusal});
    return instance;
  }

  /// Whether a method tells the id of an entity, which is known.
  ///
  /// @param method a method of the entity
  /// @param id the id
  static boolean tellsId(Method method, @Nullable Object id) {
    if (id == null || method.getParameterCount() > 0 || !method.getName().startsWith("get")) {
      return false;
    }
    var name = method.getName().substring(3);
    return !name.isEmpty() && isId(method.getDeclaringClass(), method, name);
  }

  private static boolean isId(Class<?> type, Method getter, String name) {
    return Ids.annotated(getter)
        || List.of(type.getDeclaredFields()).stream()
            .anyMatch(field ->
                Ids.annotated(field)
                    && field
                        .getName()
                        .toLowerCase(Locale.ROOT)
                        .equals(name.toLowerCase(Locale.ROOT)));
  }

  private Class<?> generate(Class<?> type) {
    var enhancer = new AnyConstructorEnhancer();
    enhancer.setSuperclass(type);
    enhancer.setInterfaces(interfaces);
    enhancer.setContextClass(type);
    enhancer.setClassLoader(type.getClassLoader());
    enhancer.setNamingPolicy(new UnloadedNames());
    enhancer.setCallbackFilter(new Refusals());
    enhancer.setCallbackTypes(new Class<?>[] {NoOp.class, MethodInterceptor.class});
    return enhancer.createClass();
  }

  /// Which methods refuse. Equal to its like, so that they share a class.
  private record Refusals() implements CallbackFilter {

    @Override
    public int accept(Method method) {
      return method.getDeclaringClass() == Object.class || method.isDefault() ? INHERITED : REFUSED;
    }
  }

  /// No constructor ever runs, so that none has to be accessible.
  private static final class AnyConstructorEnhancer extends Enhancer {

    @Override
    @SuppressWarnings("rawtypes") // as inherited
    protected void filterConstructors(Class type, List constructors) {}
  }

  /// `a.b.Order$$NotLoaded$$0`.
  private record UnloadedNames() implements NamingPolicy {

    @Override
    public String getClassName(
        @Nullable String prefix, @Nullable String source, Object key, Predicate names) {
      int index = 0;
      String name;
      do {
        name = "%s$$NotLoaded$$%d".formatted(prefix, index++);
      } while (names.evaluate(name));
      return name;
    }
  }
}
