package dev.myelin.gateway.external;

import static dev.myelin.gateway.Descriptions.external;
import static dev.myelin.gateway.Descriptions.operation;

import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.wire.ApplicationDescription.Service;
import java.util.Arrays;

/// A body of a request, and the choice of an operation by it.
public final class BodyFuzz {

  private static final Service PRICES =
      external(
          "price-list",
          operation("int", "price", "long item"),
          operation("int", "price", "java.lang.String name"),
          operation("int", "price", "long item", "int count"),
          operation("void", "price"));

  private BodyFuzz() {}

  /// Runs it.
  ///
  /// @param input any bytes
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      var arguments = ArgumentsReader.read(JsonBody.decode(input));
      var chosen = OperationChoice.choose(PRICES, "price", arguments);
      if (arguments instanceof Arguments.Positional(var count)
          && chosen.parameters().size() != count) {
        throw new AssertionError(chosen.key() + " for " + Arrays.toString(input));
      }
    } catch (ProblemException _) {
      // refused
    }
  }
}
