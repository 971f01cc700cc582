package dev.myelin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/// Makes the instances of a class objects: they live in the object store, each under its id, and
/// what is passed around is a stand-in that is its URI on the wire.
///
/// `Objects.create(…)` stores one, `Objects.get(Account.class, id)` refers to one. The public
/// methods are its operations; they run at any instance of the type's service, on a fresh instance
/// of the class with the fields as they are stored, and what they change in the fields is stored if
/// nobody else has changed the object meanwhile; otherwise they run again ([ReadOnly] and
/// [Exclusive] say otherwise).
///
/// The state is the fields, those of superclasses included, static and `transient` ones not. One of
/// them is the id: see [ObjectId]. The class is no bean, nothing is injected into it; it must be
/// neither final nor generic. It is found by component scan as a [Microservice] is, and everything
/// that this annotation leaves out can be set by the properties `myelin.services.<name>.*`.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Microservice
public @interface MicroserviceObject {

  /// Name of the type and of its service: lower-case letters, digits and single hyphens, beginning
  /// with a letter. Default: the simple name of the class in kebab case, `BankAccount` →
  /// `bank-account`.
  @AliasFor(annotation = Microservice.class, attribute = "name")
  String value() default "";

  /// Whether the gateway offers the objects as `/objects/{type}/{id}`.
  @AliasFor(annotation = Microservice.class)
  boolean external() default false;

  /// Least number of instances kept running.
  @AliasFor(annotation = Microservice.class)
  int minInstances() default 1;

  /// Most instances that scaling may start; 0 = as many as [#minInstances()].
  @AliasFor(annotation = Microservice.class)
  int maxInstances() default 0;

  /// Calls that one instance runs at a time.
  @AliasFor(annotation = Microservice.class)
  int concurrency() default 1024;

  /// Time within which a call has to be answered, as Spring Boot writes durations.
  @AliasFor(annotation = Microservice.class)
  String timeout() default "30s";

  /// Whether running an operation twice does no more than running it once, so that a call which may
  /// have run can be retried; [Operation#idempotent()] says it of one operation.
  @AliasFor(annotation = Microservice.class)
  boolean idempotent() default false;
}
