package dev.myelin.samples.shapes.chain;

import dev.myelin.Microservice;

/// Step 2 of the chain.
@Microservice
public class Second {

  private final Third third;

  Second(Third third) {
    this.third = third;
  }

  /// Goes on with the chain.
  ///
  /// @param trail how far it has come
  /// @return the trail at its end
  public Trail extend(Trail trail) {
    return third.extend(trail.then("second", 10));
  }

  /// Goes on with the chain; the third step wraps what goes wrong further down.
  ///
  /// @param trail how far it has come
  /// @return the trail at its end
  /// @throws BrokenChain if a later step failed
  public Trail extendWrapping(Trail trail) {
    return third.extendWrapping(trail.then("second", 10));
  }
}
