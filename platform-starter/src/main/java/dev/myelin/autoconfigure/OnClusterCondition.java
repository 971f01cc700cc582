package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.Mode;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Holds where the process is told how to find its cluster: by a folder, in pods by an address, or
/// outside by a way in.
final class OnClusterCondition implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    var environment = context.getEnvironment();
    return inPods(environment) || byFolder(environment) || outside(environment);
  }

  private static boolean inPods(Environment environment) {
    return Hosting.of(environment).mode() == Mode.KUBERNETES
        && environment.getProperty("myelin.core.address") != null;
  }

  private static boolean outside(Environment environment) {
    return Hosting.of(environment).outside();
  }

  private static boolean byFolder(Environment environment) {
    var hosting = Hosting.of(environment);
    return hosting.remote()
        && hosting.mode() != Mode.KUBERNETES
        && environment.getProperty("myelin.cluster.folder") != null;
  }

  /// Holds where that is an address.
  static final class InPods implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return inPods(context.getEnvironment());
    }
  }

  /// Holds where that is a folder.
  static final class ByFolder implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return byFolder(context.getEnvironment());
    }
  }

  /// Holds where that is a way in from outside.
  static final class Outside implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return outside(context.getEnvironment());
    }
  }

  /// Holds where the process is inside, and so becomes one of the cluster's.
  static final class Inside implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !outside(context.getEnvironment());
    }
  }
}
