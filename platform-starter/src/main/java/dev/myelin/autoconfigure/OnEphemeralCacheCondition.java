package dev.myelin.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether the application's caches are those of Myelin: where memcacheds are named or anything is
/// said of these caches. Otherwise Spring Boot's stay what they were, so that adding the starter
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
    boolean wanted =
        OnEphemeralNodesCondition.named(environment)
            || OnEphemeralNodesCondition.any(Binder.get(environment), "myelin.cache");
    return new ConditionOutcome(
        wanted,
        message.because(
            wanted ? "they are configured" : "neither memcacheds nor 'myelin.cache' are"));
  }
}
