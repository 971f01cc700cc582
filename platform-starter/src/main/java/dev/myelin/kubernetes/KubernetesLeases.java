package dev.myelin.kubernetes;

import dev.myelin.kubernetes.KubernetesLease.Terms;
import dev.myelin.membership.SerialScheduler;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The Leases of one installation of the core services, each looked at once in a process, whoever
/// asks for it. Thread-safe.
public final class KubernetesLeases implements AutoCloseable {

  private final KubernetesClient client;
  private final Scope scope;
  private final Clock clock;
  private final Map<String, KubernetesLease> leases = new ConcurrentHashMap<>();

  /// What they have in common.
  ///
  /// @param namespace where they are
  /// @param prefix their names begin with that and a hyphen
  /// @param self id of this process
  /// @param duration how long one lasts without a renewal
  /// @param owner name of the ConfigMap with which they are deleted; null = they stay
  public record Scope(
      String namespace, String prefix, String self, Duration duration, @Nullable String owner) {}

  /// Creates it; no Lease is looked at yet.
  ///
  /// @param client of the cluster
  /// @param scope what they have in common
  /// @param clock for dates
  public KubernetesLeases(KubernetesClient client, Scope scope, Clock clock) {
    this.client = client;
    this.scope = scope;
    this.clock = clock;
  }

  /// One of them, always the same for the same right.
  ///
  /// @param right what it is the right to
  public KubernetesLease lease(String right) {
    return leases.computeIfAbsent(right, this::create);
  }

  private KubernetesLease create(String right) {
    var name = scope.prefix() + "-" + right;
    var terms = new Terms(name, scope.self(), scope.duration());
    return new KubernetesLease(
        new ApiLeaseObjects(client, scope.namespace(), name, terms.request(), clock, scope.owner()),
        terms,
        SerialScheduler.onThread("myelin-lease-" + right),
        clock);
  }

  /// Gives back those that are held.
  @Override
  public void close() {
    leases.values().forEach(KubernetesLease::close);
  }
}
