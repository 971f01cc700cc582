package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.wire.Role;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Matches in instances: processes that host services of the application.
final class OnInstanceCondition extends SpringBootCondition {

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    var role = ProcessRole.of(Hosting.of(context.getEnvironment()));
    return new ConditionOutcome(
        role.equals(Optional.of(Role.INSTANCE)),
        "role is " + role.map(Role::name).orElse("none, in-process"));
  }
}
