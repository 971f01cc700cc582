package dev.myelin.gateway.external;

import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.wire.ApplicationDescription.Operation;
import dev.myelin.wire.ApplicationDescription.Parameter;
import dev.myelin.wire.ApplicationDescription.Service;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Chooses the operation that a request means.
///
/// The path names an operation, or gives its key. Overloads are told apart by the number of the
/// arguments, or by their names: those with exactly these parameters, else those that have more,
/// whose missing arguments the instance takes for null. Never guesses: what fits several is
/// refused.
final class OperationChoice {

  private OperationChoice() {}

  /// Whether a service has an operation of that name or key.
  static boolean has(Service service, String operation) {
    return !candidates(service, operation).isEmpty();
  }

  /// Chooses.
  ///
  /// @param service what is called
  /// @param operation name or key of the operation
  /// @param arguments outline of the arguments
  /// @throws ProblemException if none fits, or several
  static Operation choose(Service service, String operation, Arguments arguments) {
    var candidates = candidates(service, operation);
    if (candidates.isEmpty()) {
      throw new ProblemException(
          problem(
              ProblemType.NOT_FOUND,
              "Service '%s' has no operation '%s'.".formatted(service.name(), operation),
              service,
              service.operations()));
    }
    var fitting =
        switch (arguments) {
          case Arguments.Positional(var count) ->
              candidates.stream().filter(each -> each.parameters().size() == count).toList();
          case Arguments.Named(var names) -> byNames(candidates, names);
        };
    return switch (fitting.size()) {
      case 1 -> fitting.getFirst();
      case 0 -> throw new ProblemException(misfit(service, operation, candidates, arguments));
      default -> throw new ProblemException(ambiguous(service, operation, fitting));
    };
  }

  private static List<Operation> candidates(Service service, String operation) {
    return service.operations().stream()
        .filter(each -> each.name().equals(operation) || each.key().equals(operation))
        .toList();
  }

  private static List<Operation> byNames(List<Operation> candidates, Set<String> names) {
    var exact = candidates.stream().filter(each -> names(each).equals(names)).toList();
    return exact.isEmpty()
        ? candidates.stream().filter(each -> names(each).containsAll(names)).toList()
        : exact;
  }

  private static Set<String> names(Operation operation) {
    return operation.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
  }

  private static Problem misfit(
      Service service, String operation, List<Operation> candidates, Arguments arguments) {
    var found =
        switch (arguments) {
          case Arguments.Positional(var count) -> "%d arguments".formatted(count);
          case Arguments.Named(var names) -> "the arguments " + names.stream().sorted().toList();
        };
    var only = candidates.size() == 1 ? candidates.getFirst() : null;
    var detail =
        only == null
            ? "No operation '%s' of service '%s' takes %s."
                .formatted(operation, service.name(), found)
            : "Operation '%s' of service '%s' takes %s but was given %s%s."
                .formatted(
                    operation, service.name(), signature(only), found, unknown(only, arguments));
    return problem(ProblemType.INVALID_ARGUMENT, detail, service, candidates);
  }

  private static String unknown(Operation operation, Arguments arguments) {
    return switch (arguments) {
      case Arguments.Positional _ -> "";
      case Arguments.Named(var names) -> {
        var unknown = new HashSet<>(names);
        unknown.removeAll(names(operation));
        yield ", of which " + unknown.stream().sorted().toList() + " are unknown";
      }
    };
  }

  private static Problem ambiguous(Service service, String operation, List<Operation> fitting) {
    return problem(
        ProblemType.AMBIGUOUS_OPERATION,
        "%d operations '%s' of service '%s' take these arguments; call one by its key: %s."
            .formatted(
                fitting.size(),
                operation,
                service.name(),
                fitting.stream().map(Operation::key).collect(Collectors.joining(" or "))),
        service,
        fitting);
  }

  private static Problem problem(
      ProblemType type, String detail, Service service, List<Operation> candidates) {
    return new Problem(type, detail)
        .with("service", service.name())
        .with(
            "candidates",
            candidates.stream().map(each -> each.name() + signature(each)).sorted().toList());
  }

  private static String signature(Operation operation) {
    return operation.parameters().stream()
        .map(parameter -> parameter.type() + " " + parameter.name())
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
