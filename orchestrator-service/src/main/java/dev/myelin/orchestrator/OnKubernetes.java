package dev.myelin.orchestrator;

import dev.myelin.Hosting;
import dev.myelin.Mode;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether instances are pods: `myelin.mode=kubernetes`.
final class OnKubernetes implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return Hosting.of(context.getEnvironment()).mode() == Mode.KUBERNETES;
  }

  /// The opposite.
  static final class Not implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return Hosting.of(context.getEnvironment()).mode() != Mode.KUBERNETES;
    }
  }
}
