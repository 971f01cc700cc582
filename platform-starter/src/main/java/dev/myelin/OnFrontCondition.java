package dev.myelin;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Behind [ConditionalOnFront].
final class OnFrontCondition implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    var hosting = Hosting.of(context.getEnvironment());
    return !hosting.remote() || hosting.front();
  }
}
