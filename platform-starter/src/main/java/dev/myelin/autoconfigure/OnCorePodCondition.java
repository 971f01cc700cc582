package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.Mode;
import dev.myelin.wire.Role;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Holds in a core process in a pod.
final class OnCorePodCondition implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    var hosting = Hosting.of(context.getEnvironment());
    return hosting.mode() == Mode.KUBERNETES
        && ProcessRole.of(hosting).filter(Role.CORE::equals).isPresent();
  }
}
