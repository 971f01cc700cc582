package dev.myelin.benchmarks.basket;

/// A basket with the answer it must get.
///
/// @param basket the argument
/// @param expected the one right result
public record Order(Basket basket, Quote expected) {

  /// Throws unless a reply is the right one.
  ///
  /// @throws WrongReplyException naming the reply and what was expected
  public void verify(Quote reply) {
    if (!expected.equals(reply)) {
      throw new WrongReplyException(
          "The reply to '" + basket.customer() + "' was " + reply + ", expected " + expected);
    }
  }
}
