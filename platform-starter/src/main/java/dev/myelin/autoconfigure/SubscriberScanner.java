package dev.myelin.autoconfigure;

import static java.util.Objects.requireNonNull;

import dev.myelin.Subscribe;
import dev.myelin.topic.SubscriberMethod;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/// Finds the methods that this process subscribes: in an instance those of the services it hosts,
/// in the front those of all other beans, in-process all. Creates no bean.
final class SubscriberScanner {

  private static final Logger log = LoggerFactory.getLogger(SubscriberScanner.class);
  private static final MethodFilter SUBSCRIBED = method -> annotation(method) != null;
  private static final String UNFIT = "[^A-Za-z0-9_-]+";

  private final ConfigurableListableBeanFactory beans;
  private final ServiceDefinitions services;
  private final Optional<Role> role;
  private final String application;
  private final String process;

  SubscriberScanner(
      ConfigurableListableBeanFactory beans,
      ServiceDefinitions services,
      Optional<Role> role,
      ApplicationDescription description,
      InstanceId id) {
    this.beans = beans;
    this.services = services;
    this.role = role;
    this.application = description.application().replaceAll(UNFIT, "-");
    this.process = id.value().replaceAll(UNFIT, "-");
  }

  /// The methods, in order of the definitions of their beans.
  ///
  /// @throws InvalidSubscriberException if one cannot be subscribed, or two would share the events
  ///   of a topic
  List<SubscriberMethod> scan() {
    if (role.equals(Optional.of(Role.CORE))) {
      return List.of();
    }
    var found = new ArrayList<SubscriberMethod>();
    for (var name : beans.getBeanNamesForType(Object.class, true, false)) {
      var type = here(name) ? type(name) : null;
      if (type != null && AnnotationUtils.isCandidateClass(type, Subscribe.class)) {
        read(name, type, found);
      }
    }
    requireOneOfAGroup(found);
    return List.copyOf(found);
  }

  private boolean here(String bean) {
    return !ScopedProxyUtils.isScopedTarget(bean)
        && (!role.equals(Optional.of(Role.INSTANCE)) || services.hosts(bean));
  }

  private @Nullable Class<?> type(String bean) {
    try {
      var target = ScopedProxyUtils.getTargetBeanName(bean);
      return AutoProxyUtils.determineTargetClass(beans, beans.containsBean(target) ? target : bean);
    } catch (RuntimeException | LinkageError e) {
      // Spring itself says so where such a bean is needed
      log.debug("The type of bean '{}' cannot be determined; it subscribes to nothing.", bean, e);
      return null;
    }
  }

  private void read(String bean, Class<?> type, List<SubscriberMethod> found) {
    var service = services.service(bean).orElse(application);
    for (var method : MethodIntrospector.selectMethods(type, SUBSCRIBED)) {
      var annotation = requireNonNull(annotation(method));
      var process = "instance-%s-%d".formatted(this.process, found.size() + 1);
      found.add(new SubscriberReader(beans, bean, type, method, annotation).read(service, process));
    }
  }

  private static @Nullable Subscribe annotation(Method method) {
    return AnnotatedElementUtils.findMergedAnnotation(method, Subscribe.class);
  }

  private static void requireOneOfAGroup(List<SubscriberMethod> found) {
    var members = new HashMap<List<String>, SubscriberMethod>();
    for (var method : found) {
      var other = members.putIfAbsent(List.of(method.topic(), method.group().name()), method);
      if (other != null) {
        throw new InvalidSubscriberException(
            "The methods %s and %s subscribe to the topic '%s' in the same group '%s': each event would reach only one of them."
                .formatted(other.name(), method.name(), method.topic(), method.group().name()),
            "Give each a group of its own, as in @Subscribe(topic = \"%s\", group = \"…\")."
                .formatted(method.topic()));
      }
    }
  }
}
