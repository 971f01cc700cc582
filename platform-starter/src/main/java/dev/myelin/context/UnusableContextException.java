package dev.myelin.context;

/// Says that what arrived with a call cannot be made a context; the operation did not run.
public final class UnusableContextException extends RuntimeException {

  UnusableContextException(RuntimeException cause) {
    super("the context of the call cannot be restored: " + cause.getMessage(), cause);
  }
}
