package dev.myelin.samples.shapes.chain;

import dev.myelin.Microservice;

/// Begins the chain.
@Microservice
public class First {

  private final Second second;

  First(Second second) {
    this.second = second;
  }

  /// Goes on with the chain.
  ///
  /// @param trail how far it has come
  /// @return the trail at its end
  public Trail extend(Trail trail) {
    return second.extend(trail.then("first", 1));
  }

  /// Goes on with the chain; the third step wraps what goes wrong further down.
  ///
  /// @param trail how far it has come
  /// @return the trail at its end
  /// @throws BrokenChain if a later step failed
  public Trail extendWrapping(Trail trail) {
    return second.extendWrapping(trail.then("first", 1));
  }
}
