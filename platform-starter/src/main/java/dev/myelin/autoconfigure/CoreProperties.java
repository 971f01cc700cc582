package dev.myelin.autoconfigure;

import dev.myelin.wire.Endpoint;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/// Where the core services are.
///
/// @param address with `myelin.mode=kubernetes`: host and port of the core services, such as
///   `myelin-core:7070`, where each address behind the host name is one core process; several are
///   separated by commas
/// @param url outside the cluster's network: address of its gateway, `https://` or `http://`, whose
///   tunnels lead inside
/// @param token outside the cluster's network: what the gateway lets this process in by. With a
///   kubeconfig it is read from the secret where none is given
/// @param tokenSecret secret of the cluster with the token, under the key `token`
/// @param sslBundle SSL bundle with which the gateway's certificate is checked; the JDK's
///   authorities where none is named
/// @param service with a kubeconfig: Service of the gateways, which the API server leads to
@ConfigurationProperties("myelin.core")
record CoreProperties(
    @DefaultValue List<String> address,
    @Nullable URI url,
    @Nullable String token,
    @DefaultValue("myelin-tunnel") String tokenSecret,
    @Nullable String sslBundle,
    @DefaultValue("myelin-gateway") String service) {

  CoreProperties {
    address = List.copyOf(address);
    address.forEach(CoreProperties::endpoint);
    if (url != null && !(isHttp(url) && url.getHost() != null)) {
      throw new InvalidConfigurationPropertyValueException(
          "myelin.core.url", url, "It must be https://HOST or http://HOST, a port may follow.");
    }
  }

  private static boolean isHttp(URI url) {
    return "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
  }

  /// Without the token.
  @Override
  public String toString() {
    return "CoreProperties[address=%s, url=%s]".formatted(address, url);
  }

  List<Endpoint> endpoints() {
    return address.stream().map(CoreProperties::endpoint).toList();
  }

  private static Endpoint endpoint(String address) {
    int colon = address.lastIndexOf(':');
    try {
      var host = address.substring(0, Math.max(colon, 0)).strip();
      var bare =
          host.startsWith("[") && host.endsWith("]") ? host.replaceAll("[\\[\\]]", "") : host;
      int port = Integer.parseInt(address.substring(colon + 1).strip());
      if (port > 0) {
        return new Endpoint(bare, port);
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new InvalidConfigurationPropertyValueException(
        "myelin.core.address", address, "It must be HOST:PORT, such as myelin-core:7070.");
  }
}
