package dev.myelin.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/// Whether the application's caches are those of Myelin: where memcacheds are named, anything is
/// said of these caches, or memcached's client is on the class path, which is how Spring Boot
/// chooses among the others. Without memcacheds they are in memory then, and behave as they will
/// where there are some. Otherwise Spring Boot's stay what they were, so that adding the starter
/// changes nothing.
final class OnEphemeralCacheCondition extends SpringBootCondition {

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    var environment = context.getEnvironment();
    var message = ConditionMessage.forCondition("Myelin's caches");
    if (environment.containsProperty("spring.cache.type")) {
      return ConditionOutcome.noMatch(message.because("'spring.cache.type' says which to use"));
    }
    var enabled = environment.getProperty("myelin.cache.enabled", Boolean.class);
    if (enabled != null) {
      return new ConditionOutcome(enabled, message.because("'myelin.cache.enabled' says so"));
    }
    if (OnEphemeralNodesCondition.named(environment)
        || OnEphemeralNodesCondition.any(Binder.get(environment), "myelin.cache")) {
      return ConditionOutcome.match(message.because("they are configured"));
    }
    boolean client = ClassUtils.isPresent(EphemeralNodes.CLIENT, context.getClassLoader());
    return new ConditionOutcome(
        client,
        message.because(
            client
                ? "the client of memcached is on the class path"
                : "neither memcacheds nor 'myelin.cache' are configured"));
  }
}
