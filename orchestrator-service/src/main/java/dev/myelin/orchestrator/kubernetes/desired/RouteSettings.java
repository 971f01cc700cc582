package dev.myelin.orchestrator.kubernetes.desired;

import java.util.Set;

/// What an installation lets services ask for, and where their routes lead.
///
/// @param gateway where routes lead
/// @param enabled kinds that the installation allows, for which it has rights
/// @param present those of them that the API has
public record RouteSettings(Gateway gateway, Set<RouteKind> enabled, Set<RouteKind> present) {

  /// Of an installation that allows none.
  public static final RouteSettings NONE =
      new RouteSettings(new Gateway("myelin-gateway", 80, false), Set.of(), Set.of());

  /// Copies the kinds.
  public RouteSettings {
    enabled = Set.copyOf(enabled);
    present = Set.copyOf(present);
  }

  /// The Service before the gateways.
  ///
  /// @param service its name
  /// @param port its port
  /// @param secure whether TLS is spoken there
  public record Gateway(String service, int port, boolean secure) {}
}
