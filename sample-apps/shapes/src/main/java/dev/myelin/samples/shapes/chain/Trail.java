package dev.myelin.samples.shapes.chain;

import java.util.List;
import java.util.stream.Stream;

/// What is handed down the chain and comes back.
///
/// @param steps names of the services passed so far
/// @param sum of what they have added
/// @param limit the most that the sum may become
public record Trail(List<String> steps, long sum, long limit) {

  /// Copies the steps.
  public Trail {
    steps = List.copyOf(steps);
  }

  /// The same trail, one step on.
  ///
  /// @param step name of the service
  /// @param amount what it adds
  Trail then(String step, long amount) {
    return new Trail(Stream.concat(steps.stream(), Stream.of(step)).toList(), sum + amount, limit);
  }
}
