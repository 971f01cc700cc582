package dev.myelin.autoconfigure;

import dev.myelin.transport.TunnelEntrance;
import dev.myelin.wire.Tunnel;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundles;

/// The gateway at a given address, with a given token.
final class UrlEntrance implements TunnelEntrance {

  private static final Logger LOG = LoggerFactory.getLogger(UrlEntrance.class);

  private final URI url;
  private final String token;
  private final @Nullable SSLContext tls;

  /// Creates it.
  ///
  /// @param core has the address
  /// @param bundles where `myelin.core.ssl-bundle` is looked up
  UrlEntrance(CoreProperties core, @Nullable SslBundles bundles) {
    this.url = Objects.requireNonNull(core.url(), "whoever makes it has an address");
    var given = core.token();
    if (given == null || given.isBlank()) {
      throw new InvalidClusterException(
          "'myelin.core.url' is set, but 'myelin.core.token' is not: the gateway lets nobody in without one.",
          "Set 'myelin.core.token', best by the environment variable MYELIN_CORE_TOKEN, to one of"
              + " the gateway's 'myelin.core.gateway.tunnel.tokens'.");
    }
    this.token = given.strip();
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    this.tls = secure ? context(core.sslBundle(), bundles) : null;
    if (!secure && !local(url)) {
      LOG.warn(
          "'myelin.core.url' is '{}': the token and all calls can be read on the way; use https",
          url);
    }
  }

  private static boolean local(URI url) {
    try {
      return InetAddress.getByName(url.getHost()).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private static SSLContext context(@Nullable String bundle, @Nullable SslBundles bundles) {
    try {
      if (bundle == null || bundle.isBlank()) {
        return SSLContext.getDefault();
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has a default of TLS", e);
    }
    if (bundles == null || !bundles.getBundleNames().contains(bundle)) {
      throw new InvalidClusterException(
          "'myelin.core.ssl-bundle' names the SSL bundle '%s', and there is none of that name."
              .formatted(bundle),
          "Define it by 'spring.ssl.bundle.pem.%s.truststore.certificate'.".formatted(bundle));
    }
    return bundles.getBundle(bundle).createSslContext();
  }

  @Override
  public Way way() {
    return new Way(url, Map.of(Tunnel.TOKEN, token), tls);
  }

  /// The address, for messages.
  @Override
  public String toString() {
    return url.toString();
  }
}
