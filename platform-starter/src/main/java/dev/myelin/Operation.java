package dev.myelin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Refines one operation of a [Microservice]. What it leaves out stays as the service has it.
///
/// Where an operation overrides another, each attribute is that of the nearest annotation that sets
/// it.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Operation {

  /// Whether running this operation twice does no more than running it once: `idempotent = true` or
  /// `idempotent = false`. Left out: as [Microservice#idempotent()] says.
  ///
  /// One value at most; an array only because Java has no other way to tell «not set» from «false».
  boolean[] idempotent() default {};

  /// Time within which a call of this operation has to be answered; empty = that of the service.
  String timeout() default "";

  /// Whether the operation runs on the thread that read its call from the network, and the future
  /// of its result, if it returns one, is completed on such a thread too: `inline = true`. Left
  /// out: no. One value at most, as for [#idempotent()].
  ///
  /// That saves two changes of threads a call, for an operation that is over within microseconds: a
  /// look into a map, a sum. All calls of a connection wait while it runs, so it must not block,
  /// nor call another service and wait for it, which fails with an [IllegalStateException]; neither
  /// must the functions that callers attach to its future, unless by an `...Async` method. Where
  /// all permits of the service are taken, the call waits on a thread of its own as any other does.
  boolean[] inline() default {};
}
