package dev.myelin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/// Hands the events of a topic to a method of a bean.
///
/// ```java
/// @Subscribe("orders.placed")
/// void reserve(OrderPlaced order) { … }
/// ```
///
/// - The method takes the event and, if it wants, the [Delivery] after it. The event is read as the
///   parameter's type; of a sealed type, as the permitted class that has the name of the published
///   one.
/// - It returns nothing or a `CompletionStage`. The delivery is acknowledged when the method has
///   returned and the stage has completed; if it throws, the event is delivered again after a
///   backoff, and after `myelin.topics.max-attempts` goes to the topic `<topic>.dead-letter`.
/// - It runs where its bean lives: in the instances of the service that the bean is, in the front
///   for any other bean, on a virtual thread.
/// - Each event reaches one process of a group, or with [#eachInstance()] every process. A process
///   delivers one event at a time to a method, in the order of their publication but for
///   redeliveries, unless [#concurrency()] says otherwise.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Subscribe {

  /// Name of the topic; placeholders are resolved.
  @AliasFor("topic")
  String value() default "";

  /// The same as [#value()].
  @AliasFor("value")
  String topic() default "";

  /// Name of the group, each event reaching one member of it; placeholders are resolved. Empty =
  /// the service that the bean is, or the application for other beans, so that the instances of a
  /// service share the events. A group that was there once gets what is published while none of its
  /// members runs.
  String group() default "";

  /// Whether every process gets every event that is published while it is connected, instead of one
  /// of a group.
  boolean eachInstance() default false;

  /// Events that a process handles at a time; with more than 1, no order is kept.
  int concurrency() default 1;
}
