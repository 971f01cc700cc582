package dev.myelin.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of the calls of an instance that left: its certificate.
///
/// @param subject who left
/// @param reason why
/// @param notice how its callers were told beforehand
/// @param end how it ended
/// @param report what it said of its drain; null if it could not say anything
/// @param certificate the figures in words: «0 lost of 12»
public record RetirementView(
    Subject subject,
    String reason,
    Notice notice,
    End end,
    @Nullable DrainReport report,
    String certificate) {

  /// Who left.
  ///
  /// @param id which instance
  /// @param service what it hosted
  /// @param version of which version it was
  public record Subject(InstanceId id, String service, String version) {}

  /// The notice to its callers.
  ///
  /// @param announcedAt when it was announced; null if it left unannounced
  /// @param acknowledgedAt when the last client had acknowledged; null if the time for that passed
  /// @param missing clients that had not acknowledged when last asked
  public record Notice(
      @Nullable Instant announcedAt, @Nullable Instant acknowledgedAt, List<InstanceId> missing) {

    /// Copies the clients.
    public Notice {
      missing = missing == null ? List.of() : List.copyOf(missing);
    }
  }

  /// The end.
  ///
  /// @param toldAt when it was told to drain; null if it was not
  /// @param endedAt when its process was seen to have ended
  /// @param how how it ended
  public record End(@Nullable Instant toldAt, @Nullable Instant endedAt, String how) {}
}
