package dev.myelin.samples.shapes.chain;

import dev.myelin.Microservice;

/// Step 3 of the chain.
@Microservice
public class Third {

  private final Fourth fourth;

  Third(Fourth fourth) {
    this.fourth = fourth;
  }

  /// Goes on with the chain.
  ///
  /// @param trail how far it has come
  /// @return the trail at its end
  public Trail extend(Trail trail) {
    return fourth.extend(trail.then("third", 100));
  }

  /// Goes on with the chain, and wraps what goes wrong further down.
  ///
  /// @param trail how far it has come
  /// @return the trail at its end
  /// @throws BrokenChain if a later step failed
  public Trail extendWrapping(Trail trail) {
    try {
      return extend(trail);
    } catch (IllegalStateException failure) {
      throw new BrokenChain(trail.steps().size() + 1, failure);
    }
  }
}
