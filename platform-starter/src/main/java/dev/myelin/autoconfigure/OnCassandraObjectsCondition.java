package dev.myelin.autoconfigure;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Matches where objects are kept in Cassandra: it is asked for, or its nodes are named and nothing
/// else is asked for.
final class OnCassandraObjectsCondition implements Condition {

  static boolean matches(Environment environment) {
    var asked = environment.getProperty("myelin.objects.store");
    return asked != null
        ? asked.equalsIgnoreCase(ObjectStoreProperties.Kind.CASSANDRA.name())
        : Binder.get(environment).bind("spring.cassandra.contact-points", String[].class).isBound();
  }

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return matches(context.getEnvironment());
  }
}
