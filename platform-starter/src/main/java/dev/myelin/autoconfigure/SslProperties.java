package dev.myelin.autoconfigure;

import dev.myelin.transport.ClientAuthentication;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// TLS for the calls between the processes of a cluster.
///
/// @param bundle name of the SSL bundle (`spring.ssl.bundle`) that secures calls: its key store is
///   what this process shows of itself, its trust store whom it trusts
/// @param enabled whether calls are secured; by default they are if a bundle is named
/// @param clientAuth what a process demands of those that call it: need = a trusted certificate
///   (mutual TLS), want = if it shows one, a trusted one, none
/// @param verifyHostname whether the certificate of a process that is called must name the address
///   that was connected to; off, whoever has a certificate of the bundle's authorities is one of
///   the cluster
@ConfigurationProperties("myelin.ssl")
record SslProperties(
    @Nullable String bundle,
    @Nullable Boolean enabled,
    @DefaultValue("need") ClientAuthentication clientAuth,
    @DefaultValue("false") boolean verifyHostname) {

  SslProperties {
    bundle = bundle == null || bundle.isBlank() ? null : bundle;
  }

  /// The bundle, if calls are secured.
  ///
  /// @throws InvalidClusterException if they are to be, and no bundle is named
  @Nullable String used() {
    if (Boolean.TRUE.equals(enabled) && bundle == null) {
      throw new InvalidClusterException(
          "'myelin.ssl.enabled' is true, but 'myelin.ssl.bundle' names no SSL bundle.",
          "Set 'myelin.ssl.bundle' to the name of a bundle that is defined by 'spring.ssl.bundle.pem.*' or 'spring.ssl.bundle.jks.*', or leave 'myelin.ssl.enabled' out.");
    }
    return Boolean.FALSE.equals(enabled) ? null : bundle;
  }
}
