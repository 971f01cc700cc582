package dev.myelin.autoconfigure;

import dev.myelin.transport.TlsMaterial;
import dev.myelin.transport.TransportSecurity;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/// Secures calls by one of Spring Boot's SSL bundles, and follows its updates.
///
/// A bundle is refused that has no key, because every process of a cluster is called, and one
/// without a trust store: it would trust whatever public authority the JDK trusts, so that anyone
/// could get a certificate that makes them a process of the cluster.
final class BundleSecurity {

  private static final Logger LOG = LoggerFactory.getLogger(BundleSecurity.class);

  private final String name;
  private final SslProperties ssl;
  private final @Nullable SslBundles bundles;

  BundleSecurity(String name, SslProperties ssl, @Nullable SslBundles bundles) {
    this.name = name;
    this.ssl = ssl;
    this.bundles = bundles;
  }

  /// Begins with the bundle as it is now.
  ///
  /// @throws InvalidClusterException if there is no such bundle, or calls cannot be secured by it
  TransportSecurity open() {
    if (bundles == null || !bundles.getBundleNames().contains(name)) {
      throw unknown();
    }
    var security = secure(bundles.getBundle(name));
    bundles.addBundleUpdateHandler(name, update -> renew(security, update));
    LOG.info(
        "calls are secured by TLS bundle={} client-auth={} verify-hostname={}",
        name,
        ssl.clientAuth(),
        ssl.verifyHostname());
    return security;
  }

  private InvalidClusterException unknown() {
    var known = bundles == null ? List.<String>of() : bundles.getBundleNames();
    return new InvalidClusterException(
        "'myelin.ssl.bundle' names the SSL bundle '%s', and there is none of that name."
            .formatted(name),
        "Define it by 'spring.ssl.bundle.pem.%1$s.*' or 'spring.ssl.bundle.jks.%1$s.*'%2$s. The processes of a cluster get what their orchestrator is given."
            .formatted(
                name,
                known.isEmpty()
                    ? ""
                    : ", or name one that there is: "
                        + String.join(", ", known.stream().sorted().toList())));
  }

  private TransportSecurity secure(SslBundle bundle) {
    try {
      return TransportSecurity.tls(material(bundle), ssl.clientAuth(), ssl.verifyHostname());
    } catch (InvalidClusterException e) {
      throw e;
    } catch (RuntimeException e) {
      // whatever a store's format, file or password comes to; there is no narrower type
      throw new InvalidClusterException(
          "The SSL bundle '%s' of 'myelin.ssl.bundle' cannot be used: %s"
              .formatted(name, reason(e)),
          "Correct what 'spring.ssl.bundle.*.%s' says: locations, passwords, types, protocols and ciphers."
              .formatted(name));
    }
  }

  /// Runs on the thread that watches the bundle's files.
  private void renew(TransportSecurity security, SslBundle update) {
    try {
      security.renew(material(update));
      LOG.info("calls are secured by renewed material from now on bundle={}", name);
    } catch (RuntimeException e) {
      LOG.error(
          "the update of an SSL bundle cannot be used, calls go on with what it held before bundle={}",
          name,
          e);
    }
  }

  private TlsMaterial material(SslBundle bundle) {
    var managers = bundle.getManagers();
    var keys = BundleKeys.of(managers.getKeyManagers());
    if (keys.isEmpty()) {
      throw new InvalidClusterException(
          "The SSL bundle '%s' of 'myelin.ssl.bundle' has no key, and every process of a cluster is called, so it has to show one."
              .formatted(name),
          "Give it a key and a certificate: 'spring.ssl.bundle.pem.%1$s.keystore.certificate' and '.private-key', or 'spring.ssl.bundle.jks.%1$s.keystore.location'."
              .formatted(name));
    }
    if (!keys.stream().allMatch(BundleKeys::match)) {
      throw new InvalidClusterException(
          "The SSL bundle '%s' of 'myelin.ssl.bundle' has a private key that is not the one of its certificate."
              .formatted(name),
          "Give 'spring.ssl.bundle.*.%s.keystore' a key and a certificate that were made together."
              .formatted(name));
    }
    if (trusted(managers.getTrustManagers()).equals(publicAuthorities())) {
      throw new InvalidClusterException(
          "The SSL bundle '%s' of 'myelin.ssl.bundle' has no trust store of its own and trusts the JDK's public authorities, so that everyone could get a certificate that makes them part of the cluster."
              .formatted(name),
          "Name the cluster's own authority: 'spring.ssl.bundle.pem.%1$s.truststore.certificate' or 'spring.ssl.bundle.jks.%1$s.truststore.location'."
              .formatted(name));
    }
    var options = bundle.getOptions();
    return new TlsMaterial(
        managers.getKeyManagerFactory(),
        managers.getTrustManagerFactory(),
        listed(options.getEnabledProtocols()),
        listed(options.getCiphers()));
  }

  private static List<String> listed(String @Nullable [] values) {
    return values == null ? List.of() : List.of(values);
  }

  private static Set<X509Certificate> trusted(TrustManager... managers) {
    var trusted = new HashSet<X509Certificate>();
    for (var manager : managers) {
      if (manager instanceof X509TrustManager trust) {
        trusted.addAll(List.of(trust.getAcceptedIssuers()));
      }
    }
    return trusted;
  }

  private static Set<X509Certificate> publicAuthorities() {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return trusted(factory.getTrustManagers());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK's own trust store cannot be read", e);
    }
  }

  /// What the causes say, each once.
  private static String reason(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .map(cause -> String.valueOf(cause.getMessage()))
        .distinct()
        .reduce((one, next) -> one.endsWith(next) ? one : one + ": " + next)
        .orElseThrow();
  }
}
