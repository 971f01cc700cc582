package dev.myelin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Declares what a parameter is for callers that were built before it was added.
///
/// Only the last parameters of an operation may have one: the operation then goes on being served
/// in the forms without them. A caller built with the parameter can call an instance built without
/// it as long as the argument equals the default; any other argument is refused before the call
/// leaves.
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ParameterDefault {

  /// The value as text, converted to the parameter's type as Spring converts properties. Empty
  /// stands for null, or for nothing in it where the parameter is a string, an optional, an array
  /// or a collection; a primitive needs a text.
  String value() default "";
}
