package dev.myelin.gateway;

import dev.myelin.CallMode;
import dev.myelin.Kind;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationDescription.Attributes;
import dev.myelin.wire.ApplicationDescription.Operation;
import dev.myelin.wire.ApplicationDescription.Parameter;
import dev.myelin.wire.ApplicationDescription.Placement;
import dev.myelin.wire.ApplicationDescription.Rules;
import dev.myelin.wire.ApplicationDescription.Scaling;
import dev.myelin.wire.ApplicationDescription.Service;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Descriptions of made-up applications.
public final class Descriptions {

  /// How every operation may be called.
  public static final Rules RULES = new Rules(true, Duration.ofSeconds(3));

  private Descriptions() {}

  public static ApplicationDescription application(String build, Service... services) {
    return new ApplicationDescription("shop", build, List.of(services));
  }

  public static Service external(String name, Operation... operations) {
    return service(name, true, operations);
  }

  public static Service internal(String name, Operation... operations) {
    return service(name, false, operations);
  }

  /// The same operation, of which a parameter is the sticky key.
  public static Operation sticky(Operation operation, String parameter) {
    return new Operation(
        operation.name(),
        operation.key(),
        operation.parameters(),
        operation.result(),
        operation.rules(),
        parameter);
  }

  /// An operation with parameters written `type name`.
  public static Operation operation(String result, String name, String... parameters) {
    var parsed =
        Stream.of(parameters)
            .map(each -> each.split(" ", 2))
            .map(each -> new Parameter(each[1], each[0]))
            .toList();
    var key = name + parsed.stream().map(Parameter::type).toList().toString();
    return new Operation(
        name,
        key.replace('[', '(').replace(']', ')').replace(" ", ""),
        parsed,
        result,
        RULES,
        null);
  }

  private static Service service(String name, boolean external, Operation... operations) {
    return new Service(
        name,
        "shop." + name,
        new Attributes(
            external,
            false,
            CallMode.SYNC,
            new Scaling(1, 1, 0.8, 0.3, 1024),
            new Placement(false, 1, List.of(), Kind.DEPLOYMENT, List.of())),
        List.of(operations));
  }
}
