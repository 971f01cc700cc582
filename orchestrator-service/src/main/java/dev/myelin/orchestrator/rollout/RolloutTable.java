package dev.myelin.orchestrator.rollout;

import dev.myelin.orchestrator.rollout.RolloutEvent.Kind;
import dev.myelin.wire.ApplicationView.Phase;
import java.util.List;
import java.util.Optional;

/// The phases of a rollout. A pure function: no clock, no state.
///
/// | from | event | to |
/// |---|---|---|
/// | ROLLING | REPLACED | COMPLETED |
/// | ROLLING | STARTS_FAILED | ROLLING_BACK |
/// | ROLLING | ERRORS_EXCEEDED | ROLLING_BACK |
/// | ROLLING | UNDONE | ROLLING_BACK |
/// | ROLLING_BACK | REPLACED | ROLLED_BACK |
///
/// Whatever is not in the table changes nothing: the old version is tried for as long as it takes,
/// and what has ended has ended.
public final class RolloutTable {

  /// A row.
  ///
  /// @param from phase before
  /// @param event what happens
  /// @param to phase after
  public record Row(Phase from, Kind event, Phase to) {}

  /// All rows.
  public static final List<Row> ROWS =
      List.of(
          new Row(Phase.ROLLING, Kind.REPLACED, Phase.COMPLETED),
          new Row(Phase.ROLLING, Kind.STARTS_FAILED, Phase.ROLLING_BACK),
          new Row(Phase.ROLLING, Kind.ERRORS_EXCEEDED, Phase.ROLLING_BACK),
          new Row(Phase.ROLLING, Kind.UNDONE, Phase.ROLLING_BACK),
          new Row(Phase.ROLLING_BACK, Kind.REPLACED, Phase.ROLLED_BACK));

  private RolloutTable() {}

  /// The phase after an event; empty if it changes nothing.
  ///
  /// @param from phase before
  /// @param event what happens
  public static Optional<Phase> next(Phase from, Kind event) {
    return ROWS.stream()
        .filter(row -> row.from() == from && row.event() == event)
        .map(Row::to)
        .findFirst();
  }
}
