package dev.myelin.wire;

/// What becomes of the wish to replace an application's version.
///
/// @param verdict whether it is followed
/// @param detail why not, or which version it is to be; for people
public record RolloutAnswer(Verdict verdict, String detail) {

  /// Whether a wish is followed.
  public enum Verdict {
    /// It is begun shortly.
    ACCEPTED,
    /// No application of that name runs here.
    UNKNOWN_APPLICATION,
    /// The jar cannot be run, or is another application.
    UNUSABLE_JAR,
    /// Another replacement is under way, or none is that could be undone.
    CONFLICT
  }
}
