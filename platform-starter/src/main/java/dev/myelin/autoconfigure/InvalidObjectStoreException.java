package dev.myelin.autoconfigure;

/// Says why the store that was asked for cannot keep the objects, and what to do about it.
final class InvalidObjectStoreException extends IllegalStateException {

  private final String remedy;

  InvalidObjectStoreException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}
