package dev.myelin.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Matches where some memcached is named.
final class OnEphemeralNodesCondition extends SpringBootCondition {

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    var message = ConditionMessage.forCondition("Memcached nodes");
    return named(context.getEnvironment())
        ? ConditionOutcome.match(message.because("some are named"))
        : ConditionOutcome.noMatch(message.because("none is named in 'myelin.ephemeral'"));
  }

  static boolean named(Environment environment) {
    var binder = Binder.get(environment);
    return binder.bind("myelin.ephemeral.servers", Bindable.listOf(String.class)).isBound()
        || binder.bind("myelin.ephemeral.dns", String.class).isBound()
        || binder.bind("myelin.ephemeral.service", String.class).isBound()
        || any(binder, "myelin.ephemeral.clusters");
  }

  static boolean any(Binder binder, String prefix) {
    return binder.bind(prefix, Bindable.mapOf(String.class, Object.class)).isBound();
  }
}
