package dev.myelin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/// Registers a bean only in processes that host at least one of the named services.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnHostedCondition.class)
public @interface ConditionalOnHosted {

  /// Names of services, as `myelin.hosts` lists them.
  String[] value();
}
