package dev.myelin.autoconfigure;

import dev.myelin.Delivery;
import dev.myelin.Subscribe;
import dev.myelin.topic.SubscriberMethod;
import dev.myelin.topic.SubscriberMethod.Group;
import dev.myelin.wire.TopicNames;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.GenericTypeResolver;
import org.springframework.util.ReflectionUtils;

/// Reads one annotated method of a bean.
///
/// @param beans where the bean is, and what resolves placeholders
/// @param bean name of the bean
/// @param type its class
/// @param method the method
/// @param annotation what it is annotated with
record SubscriberReader(
    ConfigurableListableBeanFactory beans,
    String bean,
    Class<?> type,
    Method method,
    Subscribe annotation) {

  private static final String FORM =
      "Write it as 'void name(Event event)' or 'void name(Event event, Delivery delivery)'; instead"
          + " of void it may return a CompletionStage.";

  /// The subscriber.
  ///
  /// @param service name of the group where the annotation gives none
  /// @param process name of a group that has this process alone
  /// @throws InvalidSubscriberException if the method cannot be subscribed
  SubscriberMethod read(String service, String process) {
    requireForm();
    var topic = name("topic", resolved(annotation.topic()));
    var named = resolved(annotation.group());
    if (annotation.eachInstance() && !named.isEmpty()) {
      throw invalid(
          "names the group '%s' and wants every event in each instance".formatted(named),
          "Remove 'group' or 'eachInstance'.");
    }
    if (annotation.concurrency() < 1) {
      throw invalid(
          "has a concurrency of %d".formatted(annotation.concurrency()), "It must be at least 1.");
    }
    var group =
        annotation.eachInstance()
            ? new Group(process, false)
            : new Group(name("group", named.isEmpty() ? service : named), true);
    return new SubscriberMethod(
        toString(),
        topic,
        group,
        annotation.concurrency(),
        GenericTypeResolver.resolveType(method.getGenericParameterTypes()[0], type),
        this::invoke);
  }

  private void requireForm() {
    var parameters = method.getParameterTypes();
    if (Modifier.isStatic(method.getModifiers())) {
      throw invalid("is static", "Make it a method of the bean.");
    }
    if (parameters.length == 0 || parameters[0] == Delivery.class) {
      throw invalid("takes no event", FORM);
    }
    if (parameters.length > 2 || (parameters.length == 2 && parameters[1] != Delivery.class)) {
      throw invalid("takes more than an event and its Delivery", FORM);
    }
    var result = method.getReturnType();
    if (result != void.class && !CompletionStage.class.isAssignableFrom(result)) {
      throw invalid("returns %s, which nobody would take".formatted(result.getSimpleName()), FORM);
    }
  }

  private String resolved(String text) {
    var resolved = beans.resolveEmbeddedValue(text);
    return resolved == null ? "" : resolved.strip();
  }

  private String name(String what, String name) {
    if (name.length() > TopicNames.LONGEST || !TopicNames.valid(name)) {
      throw invalid(
          "has the %s '%s'".formatted(what, name),
          "The name must be of at most %d characters: words of letters, digits, hyphens and underscores, separated by single dots."
              .formatted(TopicNames.LONGEST));
    }
    return name;
  }

  private @Nullable Object invoke(Object event, Delivery delivery) throws Exception {
    var target = beans.getBean(bean);
    var invocable = AopUtils.selectInvocableMethod(method, target.getClass());
    ReflectionUtils.makeAccessible(invocable);
    try {
      return invocable.getParameterCount() == 1
          ? invocable.invoke(target, event)
          : invocable.invoke(target, event, delivery);
    } catch (InvocationTargetException e) {
      ReflectionUtils.rethrowException(e.getTargetException());
      throw e;
    }
  }

  private InvalidSubscriberException invalid(String reason, String remedy) {
    return new InvalidSubscriberException(
        "The method %s is annotated @Subscribe but %s.".formatted(this, reason), remedy);
  }

  @Override
  public String toString() {
    return "%s.%s of bean '%s'".formatted(type.getName(), method.getName(), bean);
  }
}
