package dev.myelin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/// Makes a bean a service: an ordinary bean where it is hosted, a stand-in that calls it over the
/// network everywhere else.
///
/// Where it may stand:
/// - on a class, where it is a stereotype found by component scan like `@Service`;
/// - on an interface, whose one implementing bean is then the service and whose methods are its
///   operations;
/// - on a `@Bean` method, for a class of somebody else's or a `java.util.function.Function`.
///
/// Every public method is an operation. Every attribute is also a property
/// `myelin.services.<name>.*`, which wins over the annotation.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface Microservice {

  /// Name of the service: lower-case letters, digits and single hyphens. Default: the simple name
  /// of the type (of the bean, for a function) in kebab case, `PriceList` → `price-list`.
  @AliasFor("name")
  String value() default "";

  /// The same as [#value()].
  @AliasFor("value")
  String name() default "";

  /// Name of the bean, where a component scan registers it; the same default as for `@Component`.
  @AliasFor(annotation = Component.class, attribute = "value")
  String beanName() default "";

  /// Whether the gateway offers the operations as `POST /{service}/{operation}`.
  boolean external() default false;

  /// Whether calls of one transaction must reach the same instance.
  boolean stateful() default false;

  /// How calls travel.
  CallMode mode() default CallMode.SYNC;

  /// Least number of instances kept running.
  int minInstances() default 1;

  /// Most instances that scaling may start; 0 = as many as [#minInstances()], so nothing scales.
  int maxInstances() default 0;

  /// Congestion (calls in flight / concurrency) above which an instance is added.
  double highWatermark() default 0.8;

  /// Congestion below which an instance is retired; less than [#highWatermark()].
  double lowWatermark() default 0.3;

  /// Calls that one instance runs at a time; further ones wait for a permit within their deadline.
  int concurrency() default 1024;

  /// Whether an instance is pinned to one core.
  boolean singleCore() default false;

  /// Relative weight of an instance when placing it on hosts.
  double cost() default 1.0;

  /// Time within which a call has to be answered, as Spring Boot writes durations (`500ms`, `30s`).
  String timeout() default "30s";

  /// Whether running an operation twice does no more than running it once, so that a call which may
  /// have run can be retried.
  boolean idempotent() default false;

  /// Hosts to prefer, best first.
  String[] placement() default {};

  /// Shape of the workload on Kubernetes.
  Kind kind() default Kind.DEPLOYMENT;

  /// Names of containers that run beside an instance on Kubernetes.
  String[] sidecars() default {};
}
