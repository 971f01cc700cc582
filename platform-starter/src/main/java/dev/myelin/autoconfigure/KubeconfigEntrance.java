package dev.myelin.autoconfigure;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.transport.TunnelEntrance;
import dev.myelin.wire.Tunnel;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gateways behind the API server of a kubeconfig: it leads to a Service for whoever may `get`
/// its `services/proxy`, by the same credentials with which `kubectl` works.
///
/// What is needed is read once, and again when credentials were refused: those of the kubeconfig
/// may have a short life. Thread-safe.
final class KubeconfigEntrance implements TunnelEntrance {

  private static final Logger LOG = LoggerFactory.getLogger(KubeconfigEntrance.class);
  private static final String KEY = "token";

  private final CoreProperties core;
  private final String namespace;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private Config config;

  @GuardedBy("lock")
  private @Nullable Way way;

  private KubeconfigEntrance(CoreProperties core, String namespace, Config config) {
    this.core = core;
    this.namespace = namespace;
    this.config = config;
  }

  /// Reads the kubeconfig; asks nobody yet.
  ///
  /// @throws InvalidClusterException if it cannot be read
  static KubeconfigEntrance of(CoreProperties core, KubernetesProperties kubernetes) {
    var config = read(kubernetes);
    var namespace =
        Optional.ofNullable(kubernetes.namespace())
            .or(() -> Optional.ofNullable(config.getNamespace()))
            .orElse("default");
    return new KubeconfigEntrance(core, namespace, config);
  }

  private static Config read(KubernetesProperties kubernetes) {
    var file = kubernetes.config();
    if (file == null || file.isBlank()) {
      return Config.autoConfigure(kubernetes.context());
    }
    var home = file.startsWith("~/") ? System.getProperty("user.home") + file.substring(1) : file;
    if (!new File(home).canRead()) {
      throw new InvalidClusterException(
          "The kubeconfig '%s' of 'myelin.kubernetes.config' cannot be read.".formatted(home),
          "Set 'myelin.kubernetes.config' to a file that 'kubectl --kubeconfig' works with.");
    }
    try {
      return Config.fromKubeconfig(kubernetes.context(), new File(home));
    } catch (RuntimeException e) {
      // whatever a file's format comes to; there is no narrower type
      throw new InvalidClusterException(
          "The kubeconfig '%s' of 'myelin.kubernetes.config' cannot be used: %s"
              .formatted(home, e.getMessage()),
          "Set 'myelin.kubernetes.config' to a file that 'kubectl --kubeconfig' works with, and"
              + " 'myelin.kubernetes.context' to one of its contexts.");
    }
  }

  @Override
  public Way way() throws IOException {
    lock.lock();
    try {
      if (way == null) {
        way = find(config);
      }
      return way;
    } finally {
      lock.unlock();
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // others may have found a new one since
  public void refused(Way refused) {
    // on a thread of the transport, which must not read files
    Thread.startVirtualThread(() -> {
      lock.lock();
      try {
        if (way == refused) {
          config = config.refresh();
          way = null;
        }
      } finally {
        lock.unlock();
      }
    });
  }

  private Way find(Config from) throws IOException {
    try (var client = new KubernetesClientBuilder().withConfig(from).build()) {
      var headers = new HashMap<String, String>();
      headers.put(Tunnel.TOKEN, token(client));
      authorization(from).ifPresent(value -> headers.put("Authorization", value));
      var proxy =
          "api/v1/namespaces/%s/services/%s/proxy".formatted(namespace, serviceAndPort(client));
      var url = URI.create(from.getMasterUrl()).resolve(proxy);
      return new Way(url, headers, "https".equals(url.getScheme()) ? tls(from) : null);
    } catch (KubernetesClientException e) {
      throw new IOException(
          "the API server at %s does not lead to the gateway: %s"
              .formatted(from.getMasterUrl(), e.getMessage()),
          e);
    }
  }

  /// As the API server wants it: scheme, name and port's name.
  private String serviceAndPort(KubernetesClient client) throws IOException {
    var port = "http";
    try {
      var service = client.services().inNamespace(namespace).withName(core.service()).get();
      if (service == null) {
        throw new IOException(
            "there is no Service '%s' in namespace '%s'; see 'myelin.kubernetes.namespace' and 'myelin.core.service'"
                .formatted(core.service(), namespace));
      }
      port = service.getSpec().getPorts().getFirst().getName();
    } catch (KubernetesClientException e) {
      // who may use it need not be allowed to look at it
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
    }
    return "%s:%s:%s".formatted("https".equals(port) ? "https" : "http", core.service(), port);
  }

  private String token(KubernetesClient client) throws IOException {
    var given = core.token();
    if (given != null && !given.isBlank()) {
      return given.strip();
    }
    var secret = client.secrets().inNamespace(namespace).withName(core.tokenSecret()).get();
    return Optional.ofNullable(secret)
        .map(Secret::getData)
        .map(data -> data.get(KEY))
        .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
        // there may be several, of which any will do
        .map(tokens -> tokens.split(",", 2)[0].strip())
        .orElseThrow(() ->
            new IOException(
                "the namespace '%s' has no secret '%s' with the key '%s'; set 'myelin.core.token', or see 'myelin.core.token-secret'"
                    .formatted(namespace, core.tokenSecret(), KEY)));
  }

  private static Optional<String> authorization(Config config) {
    var provider = config.getOauthTokenProvider();
    var token =
        Optional.ofNullable(provider == null ? null : provider.getToken())
            .or(() -> Optional.ofNullable(config.getOauthToken()))
            .or(() -> Optional.ofNullable(config.getAutoOAuthToken()));
    if (token.isEmpty() && config.getUsername() != null && config.getPassword() != null) {
      var user = config.getUsername() + ":" + config.getPassword();
      return Optional.of(
          "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }
    return token.map(value -> "Bearer " + value);
  }

  private static SSLContext tls(Config config) throws IOException {
    try {
      if (!config.isTrustCerts()) {
        return SSLUtils.sslContext(config);
      }
      LOG.warn(
          "The kubeconfig has 'insecure-skip-tls-verify': whoever answers at {} is taken for the"
              + " API server",
          config.getMasterUrl());
      var context = SSLContext.getInstance("TLS");
      context.init(
          SSLUtils.keyManagers(config),
          // one that is asked for the host's name, too, and does not care either
          InsecureTrustManagerFactory.INSTANCE.getTrustManagers(),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the certificates of the kubeconfig cannot be used: " + e.getMessage(), e);
    }
  }

  /// The Service, for messages.
  @Override
  public String toString() {
    return "Service '%s/%s' by a kubeconfig".formatted(namespace, core.service());
  }
}
