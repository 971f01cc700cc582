package dev.myelin.orchestrator.reconcile;

import dev.myelin.wire.InstanceState;
import java.util.Optional;

/// How far an instance is in its life, as the orchestrator sees it.
///
/// | from | event | to |
/// |---|---|---|
/// | | spawn ordered | [Spawning] |
/// | | found alive after a takeover, or registered though not spawned here | [Adopting] |
/// | [Spawning] | the process exists | [Starting] |
/// | [Starting] | it has registered | [Serving] |
/// | [Adopting] | it answers a check | [Serving] |
/// | [Starting], [Adopting], [Serving] | to be retired | [Retiring] |
/// | [Retiring] | its leaving is announced | [Announced] |
/// | [Announced] | every client has acknowledged | [Acknowledged] |
/// | [Acknowledged]; [Retiring], [Announced] after long enough | told to drain | [Draining] |
/// | any of these | flagged, hung or over a limit | [Killed] |
/// | any of these | its process has ended | [Ended] |
/// | [Ended] | deregistered and its record deleted | |
public sealed interface Stage {

  /// Whether it is one of those that are desired: neither leaving nor gone.
  default boolean counts() {
    return switch (this) {
      case Spawning(), Starting(), Adopting _, Serving() -> true;
      case Retiring _, Announced _, Acknowledged _, Draining _, Killed _, Ended _ -> false;
    };
  }

  /// What people are told; empty when it is gone.
  default Optional<InstanceState> state() {
    return switch (this) {
      case Spawning(), Starting() -> Optional.of(InstanceState.STARTING);
      case Adopting _ -> Optional.of(InstanceState.QUARANTINED);
      case Serving() -> Optional.of(InstanceState.SERVING);
      case Retiring _, Announced _, Acknowledged _, Draining _, Killed _ ->
          Optional.of(InstanceState.DRAINING);
      case Ended _ -> Optional.empty();
    };
  }

  /// Why it is in this stage, for people; empty where that goes without saying.
  default String reason() {
    return switch (this) {
      case Spawning(), Starting(), Serving() -> "";
      case Adopting _ -> "not checked yet";
      case Retiring(var reason) -> reason;
      case Announced(_, var reason) -> reason;
      case Acknowledged(var reason) -> reason;
      case Draining(_, var reason) -> reason;
      case Killed(var reason) -> reason;
      case Ended(var reason) -> reason;
    };
  }

  /// Ordered; there is no process yet.
  record Spawning() implements Stage {}

  /// Its process runs and has not registered.
  record Starting() implements Stage {}

  /// Somebody else's process, in quarantine until it answers.
  ///
  /// @param quarantined whether clients have been told
  record Adopting(boolean quarantined) implements Stage {}

  /// Registered, or answered.
  record Serving() implements Stage {}

  /// To leave; its leaving is being announced.
  ///
  /// @param reason why
  record Retiring(String reason) implements Stage {}

  /// Announced; clients are acknowledging.
  ///
  /// @param version version of the membership that says so
  /// @param reason why it leaves
  record Announced(long version, String reason) implements Stage {}

  /// Known to leave by every client.
  ///
  /// @param reason why it leaves
  record Acknowledged(String reason) implements Stage {}

  /// Told to drain.
  ///
  /// @param until the ticker's reading at which its calls have been given enough time
  /// @param reason why it leaves
  record Draining(long until, String reason) implements Stage {}

  /// Sent the signal that ends it.
  ///
  /// @param reason why
  record Killed(String reason) implements Stage {}

  /// Its process has ended; membership may still list it.
  ///
  /// @param reason how it ended
  record Ended(String reason) implements Stage {}
}
