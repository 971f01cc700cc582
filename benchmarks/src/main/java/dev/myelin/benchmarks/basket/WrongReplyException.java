package dev.myelin.benchmarks.basket;

/// A variant answered, but not what the bean would have: its figures would be worth nothing.
public final class WrongReplyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongReplyException(String message) {
    super(message);
  }
}
