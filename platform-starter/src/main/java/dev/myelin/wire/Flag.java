package dev.myelin.wire;

import java.util.List;

/// A stethoscope's request to have an instance killed and replaced.
///
/// @param id which instance
/// @param reason why, for people
/// @param votes stethoscopes that have asked it and found it silent, the one that flags it first
/// @param census how many fare alike in the eyes of the one who asks
public record Flag(InstanceId id, String reason, List<InstanceId> votes, Census census) {

  /// Copies the votes.
  public Flag {
    votes = List.copyOf(votes);
  }

  /// How many are suspect.
  ///
  /// @param watched instances that the stethoscope watches
  /// @param suspect those of them that it has quarantined
  public record Census(int watched, int suspect) {}

  /// What became of a flag.
  ///
  /// @param taken whether the instance is going to be killed
  /// @param reason why, or why not, for people
  public record Answer(boolean taken, String reason) {}
}
