package dev.myelin.orchestrator;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether instances are containers: `myelin.core.deployer=docker`, or without it
/// `myelin.mode=docker`.
final class OnDocker implements Condition {

  static boolean in(Environment environment) {
    var deployer = environment.getProperty("myelin.core.deployer", "");
    return "docker"
        .equalsIgnoreCase(
            deployer.isBlank() ? environment.getProperty("myelin.mode", "") : deployer);
  }

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return in(context.getEnvironment());
  }

  /// The opposite.
  static final class Not implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !in(context.getEnvironment());
    }
  }
}
