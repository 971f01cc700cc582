package dev.myelin.contract;

/// Says why a bean cannot be a service, and what to do about it.
///
/// The message names the bean, its type and the reason.
public final class InvalidServiceException extends IllegalArgumentException {

  private final String remedy;

  /// Creates one.
  ///
  /// @param message which bean, and why not
  /// @param remedy what to do, as one or more sentences
  public InvalidServiceException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /// What to do, as one or more sentences.
  public String remedy() {
    return remedy;
  }
}
