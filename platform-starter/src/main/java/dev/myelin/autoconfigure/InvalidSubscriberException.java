package dev.myelin.autoconfigure;

/// Says why a method cannot be subscribed to a topic, and what to do about it.
final class InvalidSubscriberException extends IllegalStateException {

  private final String remedy;

  InvalidSubscriberException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}
