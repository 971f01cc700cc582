package dev.myelin.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An application and the replacement of its version, as people see it.
///
/// @param application its name
/// @param current the version that runs, or that was there before the one being rolled out
/// @param rollout the replacement under way, or the last one; null if there was none
public record ApplicationView(
    String application, VersionView current, @Nullable RolloutView rollout) {

  /// One version.
  ///
  /// @param version its name in this cluster: `v1`, `v2` …
  /// @param build what it was built from
  /// @param jar its jar
  /// @param since when it came
  public record VersionView(String version, String build, String jar, Instant since) {}

  /// The replacement of a version by another.
  ///
  /// @param from the version that it replaces
  /// @param to the version that it brings
  /// @param phase how far it is
  /// @param reason why it is or was rolled back; empty otherwise
  /// @param times when it began and ended
  /// @param services how far it is with each service
  public record RolloutView(
      VersionView from,
      VersionView to,
      Phase phase,
      String reason,
      Times times,
      List<Progress> services) {

    /// Copies the services.
    public RolloutView {
      services = List.copyOf(services);
    }
  }

  /// How far a replacement is.
  public enum Phase {
    /// Instances of the old version are replaced by those of the new one.
    ROLLING,
    /// Instances of the new version are replaced by those of the old one.
    ROLLING_BACK,
    /// All instances are of the new version.
    COMPLETED,
    /// All instances are of the old version again.
    ROLLED_BACK;

    /// Whether instances are still to be replaced.
    public boolean underWay() {
      return this == ROLLING || this == ROLLING_BACK;
    }
  }

  /// When a replacement began and ended.
  ///
  /// @param startedAt when it began
  /// @param endedAt when it ended, if it has
  public record Times(Instant startedAt, @Nullable Instant endedAt) {}

  /// How far a replacement is with one service.
  ///
  /// @param service its name
  /// @param updated processes of the version that is to remain
  /// @param outdated processes of other versions
  /// @param held why it cannot go on until somebody does something; empty if it can
  public record Progress(String service, int updated, int outdated, String held) {

    /// Takes an absent reason for none.
    public Progress {
      held = held == null ? "" : held;
    }

    /// Of a service that goes on.
    ///
    /// @param service its name
    /// @param updated processes of the version that is to remain
    /// @param outdated processes of other versions
    public Progress(String service, int updated, int outdated) {
      this(service, updated, outdated, "");
    }
  }
}
