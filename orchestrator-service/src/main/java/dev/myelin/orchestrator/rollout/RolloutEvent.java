package dev.myelin.orchestrator.rollout;

/// What happens to a rollout.
public sealed interface RolloutEvent {

  /// Which row of [RolloutTable] it is looked up in.
  Kind kind();

  /// Why, for people; empty where that goes without saying.
  default String reason() {
    return "";
  }

  /// The kinds.
  enum Kind {
    /// [Replaced]
    REPLACED,
    /// [StartsFailed]
    STARTS_FAILED,
    /// [ErrorsExceeded]
    ERRORS_EXCEEDED,
    /// [Undone]
    UNDONE
  }

  /// Every instance is of the version that is wanted, and ready.
  record Replaced() implements RolloutEvent {
    @Override
    public Kind kind() {
      return Kind.REPLACED;
    }
  }

  /// Instances of the wanted version died in their start-up, or were not ready in time, too often.
  ///
  /// @param reason which service's, how often, and how the last time
  record StartsFailed(String reason) implements RolloutEvent {
    @Override
    public Kind kind() {
      return Kind.STARTS_FAILED;
    }
  }

  /// Calls fail more often at the wanted version than at the other.
  ///
  /// @param reason which service's, and how often
  record ErrorsExceeded(String reason) implements RolloutEvent {
    @Override
    public Kind kind() {
      return Kind.ERRORS_EXCEEDED;
    }
  }

  /// Somebody wants it undone.
  ///
  /// @param reason why
  record Undone(String reason) implements RolloutEvent {
    @Override
    public Kind kind() {
      return Kind.UNDONE;
    }
  }
}
