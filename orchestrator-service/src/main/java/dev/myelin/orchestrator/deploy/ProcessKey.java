package dev.myelin.orchestrator.deploy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Identifies a process of this host for as long as the host runs, even when its pid is given to
/// another process later.
///
/// @param pid process id
/// @param startedAt when the process started, as far as the system or the process itself says
/// @param container id of the container that it runs in, if one was started for it
public record ProcessKey(long pid, Instant startedAt, @Nullable String container) {

  /// A process of the host itself.
  ///
  /// @param pid process id
  /// @param startedAt when the process started
  public ProcessKey(long pid, Instant startedAt) {
    this(pid, startedAt, null);
  }

  /// How far two statements of one start may differ: the system derives it from its boot time,
  /// which moves when the clock is set, and a process may state the start of its runtime instead. A
  /// pid cannot come round again in that time.
  static final Duration TOLERANCE = Duration.ofSeconds(5);

  /// Whether a process of the same pid that started at that time is this one.
  ///
  /// @param start when the other started
  public boolean startedAbout(Instant start) {
    return Duration.between(startedAt, start).abs().compareTo(TOLERANCE) <= 0;
  }
}
