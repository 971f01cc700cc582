package dev.myelin.samples.shapes.contract;

import dev.myelin.Microservice;

/// Holds a service in a class of its own.
final class PostOffice {

  private PostOffice() {}

  /// Franks letters; nested, and seen in this package alone.
  @Microservice
  static class Stamps {

    /// Tells the stamps for a letter.
    ///
    /// @param grams its weight
    /// @return their value in cents
    public int postage(int grams) {
      return grams <= 20 ? 95 : 110;
    }
  }
}
