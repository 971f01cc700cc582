package dev.myelin.samples.shapes.chain;

import dev.myelin.Microservice;

/// Ends the chain.
@Microservice
public class Fifth {

  /// Ends the chain.
  ///
  /// @param trail how far it has come
  /// @return the trail at its end
  /// @throws IllegalStateException if the sum has passed the limit
  public Trail extend(Trail trail) {
    var end = trail.then("fifth", 10_000);
    if (end.sum() > end.limit()) {
      throw new IllegalStateException(
          "sum %d is above the limit %d".formatted(end.sum(), end.limit()));
    }
    return end;
  }
}
