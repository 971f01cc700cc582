package dev.myelin.orchestrator.scale;

/// How many instances a service should have from now on.
public sealed interface Decision {

  /// Why, for people.
  String reason();

  /// As many as before.
  ///
  /// @param reason why
  record Hold(String reason) implements Decision {}

  /// More than before.
  ///
  /// @param to how many
  /// @param reason why
  record Up(int to, String reason) implements Decision {}

  /// Fewer than before.
  ///
  /// @param to how many
  /// @param reason why
  record Down(int to, String reason) implements Decision {}
}
