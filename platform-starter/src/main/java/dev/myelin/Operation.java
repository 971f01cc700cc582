package dev.myelin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Refines one operation of a [Microservice].
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Operation {

  /// Whether running this operation twice does no more than running it once; where the annotation
  /// stands, it wins over [Microservice#idempotent()].
  boolean idempotent() default false;

  /// Time within which a call of this operation has to be answered; empty = that of the service.
  String timeout() default "";
}
