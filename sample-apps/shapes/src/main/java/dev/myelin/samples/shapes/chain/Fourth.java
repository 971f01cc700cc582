package dev.myelin.samples.shapes.chain;

import dev.myelin.Microservice;

/// Step 4 of the chain.
@Microservice
public class Fourth {

  private final Fifth fifth;

  Fourth(Fifth fifth) {
    this.fifth = fifth;
  }

  /// Goes on with the chain.
  ///
  /// @param trail how far it has come
  /// @return the trail at its end
  public Trail extend(Trail trail) {
    return fifth.extend(trail.then("fourth", 1000));
  }
}
