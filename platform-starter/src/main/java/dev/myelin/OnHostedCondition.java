package dev.myelin;

import java.util.Arrays;
import java.util.Objects;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Behind [ConditionalOnHosted].
final class OnHostedCondition implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    var hosting = Hosting.of(context.getEnvironment());
    var attributes = metadata.getAnnotationAttributes(ConditionalOnHosted.class.getName());
    var names = (String[]) Objects.requireNonNull(attributes).get("value");
    return Arrays.stream(names).anyMatch(hosting::hosts);
  }
}
