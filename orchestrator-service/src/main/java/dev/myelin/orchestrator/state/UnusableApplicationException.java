package dev.myelin.orchestrator.state;

/// Thrown when an application's jar cannot be run as a cluster.
public final class UnusableApplicationException extends RuntimeException {

  private final String action;

  /// Creates one.
  ///
  /// @param description what is wrong, with what
  /// @param action what to do about it
  public UnusableApplicationException(String description, String action) {
    super(description);
    this.action = action;
  }

  /// What to do about it.
  public String action() {
    return action;
  }
}
