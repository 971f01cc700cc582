package dev.myelin.orchestrator.kubernetes.apply;

import org.jspecify.annotations.Nullable;

/// Something that was to be written was not, or may not have been.
public final class WriteFailed extends RuntimeException {

  private final Why why;

  /// What that means for another attempt.
  public enum Why {
    /// Somebody else has written meanwhile: look again.
    OVERTAKEN,
    /// There is something of that name that is not Myelin's.
    NAME_TAKEN,
    /// The API does not take it, however often it is tried: the resource says something wrong.
    REFUSED,
    /// The API does not answer, or not now.
    UNAVAILABLE
  }

  /// Creates it.
  ///
  /// @param why what that means for another attempt
  /// @param message what failed, on what, and what to do
  /// @param cause what the client says; absent where nothing was sent
  public WriteFailed(Why why, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.why = why;
  }

  /// What that means for another attempt.
  public Why why() {
    return why;
  }
}
