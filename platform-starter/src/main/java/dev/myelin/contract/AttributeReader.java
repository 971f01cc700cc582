package dev.myelin.contract;

import dev.myelin.MicroserviceObject;
import dev.myelin.Operation;
import dev.myelin.StickyKey;
import dev.myelin.Strategy;
import dev.myelin.contract.ServiceSettings.OperationSettings;
import dev.myelin.wire.ApplicationDescription.Attributes;
import dev.myelin.wire.ApplicationDescription.Placement;
import dev.myelin.wire.ApplicationDescription.Rules;
import dev.myelin.wire.ApplicationDescription.Scaling;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/// Merges a service's annotations with its properties and checks the outcome.
///
/// Precedence, for each attribute: the property of an operation, [Operation], the property of the
/// service, [dev.myelin.Microservice].
final class AttributeReader {

  private final ServiceDeclaration declaration;
  private final String service;
  private final ServiceSettings settings;

  AttributeReader(ServiceDeclaration declaration, String service, ServiceSettings settings) {
    this.declaration = declaration;
    this.service = service;
    this.settings = settings;
  }

  /// A value and where it was set, for messages.
  private record Attribute<T>(String name, T value, @Nullable String property) {

    String origin() {
      return property == null
          ? "%s of @Microservice".formatted(name)
          : "property '%s'".formatted(property);
    }
  }

  private <T> Attribute<T> merge(String name, @Nullable T set, T declared) {
    return set == null
        ? new Attribute<>(name, declared, null)
        : new Attribute<>(name, set, property(KebabCase.of(name)));
  }

  private String property(String suffix) {
    return "myelin.services." + service + "." + suffix;
  }

  private void check(boolean holds, Attribute<?> attribute, String expected) {
    if (holds) {
      return;
    }
    var property = attribute.property();
    throw declaration.invalid(
        "%s is %s but must be %s".formatted(attribute.origin(), attribute.value(), expected),
        property == null
            ? "Correct %s, or set the property '%s'."
                .formatted(attribute.name(), property(KebabCase.of(attribute.name())))
            : "Correct the property '%s'.".formatted(property));
  }

  /// The attributes of the service.
  ///
  /// @throws InvalidServiceException if one is out of its range
  Attributes attributes() {
    var declared = declaration.annotation();
    return new Attributes(
        merge("external", settings.external(), declared.external()).value(),
        merge("stateful", settings.stateful(), declared.stateful()).value(),
        merge("mode", settings.mode(), declared.mode()).value(),
        scaling(),
        placement());
  }

  private Scaling scaling() {
    var declared = declaration.annotation();
    var min = merge("minInstances", settings.minInstances(), declared.minInstances());
    check(min.value() >= 0, min, "at least 0");
    var max = merge("maxInstances", settings.maxInstances(), declared.maxInstances());
    check(
        max.value() == 0 || max.value() >= Math.max(1, min.value()),
        max,
        "0 (as many as minInstances) or at least 1 and at least the %d of %s"
            .formatted(min.value(), min.origin()));
    var low = merge("lowWatermark", settings.lowWatermark(), declared.lowWatermark());
    check(low.value() >= 0 && Double.isFinite(low.value()), low, "a number of at least 0");
    var high = merge("highWatermark", settings.highWatermark(), declared.highWatermark());
    check(
        high.value() > low.value() && Double.isFinite(high.value()),
        high,
        "a number above the %s of %s".formatted(low.value(), low.origin()));
    var concurrency = merge("concurrency", settings.concurrency(), declared.concurrency());
    check(concurrency.value() >= 1, concurrency, "at least 1");
    return new Scaling(
        min.value(),
        max.value() == 0 ? Math.max(1, min.value()) : max.value(),
        high.value(),
        low.value(),
        concurrency.value());
  }

  private Placement placement() {
    var declared = declaration.annotation();
    var cost = merge("cost", settings.cost(), declared.cost());
    check(cost.value() > 0 && Double.isFinite(cost.value()), cost, "a number above 0");
    return new Placement(
        merge("singleCore", settings.singleCore(), declared.singleCore()).value(),
        cost.value(),
        names("placement", settings.placement(), declared.placement()),
        merge("kind", settings.kind(), declared.kind()).value(),
        names("sidecars", settings.sidecars(), declared.sidecars()));
  }

  private List<String> names(String attribute, @Nullable List<String> set, String[] declared) {
    var names = merge(attribute, set, Arrays.asList(declared));
    check(names.value().stream().noneMatch(String::isBlank), names, "without empty names");
    return names.value();
  }

  /// How an operation may be called.
  ///
  /// @param method the operation
  /// @throws InvalidServiceException if a timeout is no duration above zero, or a flag has two
  ///   values
  Rules rules(Method method) {
    var declared = declared(method);
    var set = operationSettings(method.getName());
    boolean idempotent =
        Optional.ofNullable(set == null ? null : set.idempotent())
            .or(() -> flag("idempotent", method, declared))
            .or(() -> Optional.ofNullable(settings.idempotent()))
            .orElse(declaration.annotation().idempotent());
    return new Rules(idempotent, timeout(method.getName(), set, declared));
  }

  /// Whether an operation runs on the thread that read its call.
  ///
  /// @param method the operation
  /// @throws InvalidServiceException if the flag has two values
  boolean inline(Method method) {
    var set = operationSettings(method.getName());
    return Optional.ofNullable(set == null ? null : set.inline())
        .or(() -> flag("inline", method, declared(method)))
        .orElse(false);
  }

  // nearest first: what one leaves out, the next one may say
  private static List<MergedAnnotation<Operation>> declared(Method method) {
    return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).stream(Operation.class)
        .toList();
  }

  private Optional<Boolean> flag(
      String attribute, Method method, List<MergedAnnotation<Operation>> declared) {
    for (var annotation : declared) {
      var values = annotation.getBooleanArray(attribute);
      if (values.length > 1) {
        throw declaration.invalid(
            "operation '%s' has %d values for %s"
                .formatted(method.getName(), values.length, attribute),
            "Write '%s = true' or '%s = false'.".formatted(attribute, attribute));
      }
      if (values.length == 1) {
        return Optional.of(values[0]);
      }
    }
    return Optional.empty();
  }

  private Duration timeout(
      String operation,
      @Nullable OperationSettings set,
      List<MergedAnnotation<Operation>> annotations) {
    var declared =
        annotations.stream()
            .map(annotation -> annotation.getString("timeout"))
            .filter(text -> !text.isEmpty())
            .findFirst();
    Attribute<Duration> timeout;
    if (set != null && set.timeout() != null) {
      timeout =
          new Attribute<>(
              "timeout",
              set.timeout(),
              property("operations." + KebabCase.of(operation) + ".timeout"));
    } else if (declared.isPresent()) {
      timeout = new Attribute<>("timeout", parse(declared.get()), null);
    } else {
      timeout =
          settings.timeout() == null
              ? new Attribute<>("timeout", parse(declaration.annotation().timeout()), null)
              : merge("timeout", settings.timeout(), Duration.ZERO);
    }
    check(timeout.value().isPositive(), timeout, "more than 0");
    return timeout.value();
  }

  private Duration parse(String text) {
    try {
      return DurationStyle.detectAndParse(text);
    } catch (IllegalArgumentException _) {
      throw declaration.invalid(
          "timeout '%s' is no duration".formatted(text),
          "Write timeouts as numbers with a unit: 500ms, 30s, 5m.");
    }
  }

  private @Nullable OperationSettings operationSettings(String operation) {
    return settings.operations().entrySet().stream()
        .filter(entry -> same(entry.getKey(), operation))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /// Checks that every operation with properties exists.
  ///
  /// @param operations the service's operations
  /// @throws InvalidServiceException if a property names an operation that the service does not
  ///   have
  void checkNames(Collection<OperationContract> operations) {
    var known =
        operations.stream()
            .map(OperationContract::name)
            .collect(Collectors.toCollection(TreeSet::new));
    for (var name : new TreeSet<>(settings.operations().keySet())) {
      if (known.stream().noneMatch(operation -> same(name, operation))) {
        throw declaration.invalid(
            "property '%s.*' names no operation of it".formatted(property("operations." + name)),
            "Its operations are: %s.".formatted(String.join(", ", known)));
      }
    }
  }

  /// Checks that a call of a sticky service can have a key, and no call two.
  ///
  /// @param operations the service's operations
  /// @throws InvalidServiceException if not
  void checkStickyKeys(Collection<OperationContract> operations) {
    for (var operation : operations) {
      if (stickyKeys(operation) > 1) {
        throw declaration.invalid(
            "operation '%s' has more than one @StickyKey".formatted(operation.key()),
            "Leave it on one parameter; a record may combine several values into one key.");
      }
    }
    // calls of an object have its id as their key
    boolean keyless =
        !declaration.rawType().isAnnotationPresent(MicroserviceObject.class)
            && operations.stream().allMatch(operation -> stickyKeys(operation) == 0);
    if (settings.strategy() == Strategy.STICKY && keyless) {
      throw declaration.invalid(
          "property '%s' is sticky but no operation has a key".formatted(property("strategy")),
          "Mark a parameter with @StickyKey, or choose another strategy.");
    }
  }

  private static long stickyKeys(OperationContract operation) {
    return Arrays.stream(operation.method().getParameters())
        .filter(parameter -> parameter.isAnnotationPresent(StickyKey.class))
        .count();
  }

  // properties are compared without case and hyphens, as Spring Boot binds them
  private static boolean same(String key, String operation) {
    return letters(key).equalsIgnoreCase(letters(operation));
  }

  private static String letters(String name) {
    return name.replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
