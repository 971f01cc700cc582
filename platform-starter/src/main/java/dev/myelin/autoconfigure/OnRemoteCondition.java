package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Holds where calls can leave the process.
final class OnRemoteCondition implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return Hosting.of(context.getEnvironment()).remote();
  }
}
