package dev.myelin.orchestrator;

import dev.myelin.orchestrator.kubernetes.desired.RouteKind;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Routes of single services, which lead to the gateway.
///
/// @param kinds kinds of object that services may ask for: Ingress, Route, HTTPRoute. The core
///   needs the right to make each
/// @param service name of the Service before the gateways, where routes lead
/// @param port its port
/// @param secure whether TLS is spoken there
@ConfigurationProperties("myelin.core.expose")
public record ExposeProperties(
    @DefaultValue Set<RouteKind> kinds,
    @DefaultValue("myelin-gateway") String service,
    @DefaultValue("80") int port,
    @DefaultValue("false") boolean secure) {

  private static final int LAST = 65_535;

  /// Copies the kinds and checks the limits.
  public ExposeProperties {
    kinds = Set.copyOf(kinds);
    Limits.atLeast("myelin.core.expose.port", port, 1);
    if (port > LAST) {
      throw new IllegalArgumentException(
          "Property 'myelin.core.expose.port' is %d but must be at most %d".formatted(port, LAST));
    }
  }
}
