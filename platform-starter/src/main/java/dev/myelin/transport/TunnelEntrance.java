package dev.myelin.transport;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Where the tunnels of a gateway begin, seen from outside its cluster. Thread-safe.
public interface TunnelEntrance {

  /// Asked for each connection, so that addresses and credentials may change; may block.
  ///
  /// @throws IOException if it is not known at the moment
  Way way() throws IOException;

  /// What stands before the gateway, or the gateway, did not take the credentials of a way.
  ///
  /// @param way the one that was refused
  default void refused(Way way) {}

  /// The way in.
  ///
  /// @param gateway base address of the gateway, `http` or `https`
  /// @param headers credentials
  /// @param tls whom to trust, and what to show; null without TLS
  record Way(URI gateway, Map<String, String> headers, @Nullable SSLContext tls) {

    /// Checks the address.
    public Way {
      headers = Map.copyOf(headers);
      if (gateway.getHost() == null || secure(gateway) != (tls != null)) {
        throw new IllegalArgumentException(
            "A way through '%s' must have a host, and TLS where it is https".formatted(gateway));
      }
    }

    private static boolean secure(URI gateway) {
      return "https".equalsIgnoreCase(gateway.getScheme());
    }

    /// The address without credentials, for messages.
    @Override
    public String toString() {
      return gateway.toString();
    }
  }
}
