package dev.myelin.autoconfigure;

/// Says what is wrong with the way a process is to take part in a cluster, and what to do about it.
final class InvalidClusterException extends IllegalStateException {

  private final String remedy;

  InvalidClusterException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}
