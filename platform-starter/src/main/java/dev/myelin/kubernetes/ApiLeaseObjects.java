package dev.myelin.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Lease of `coordination.k8s.io/v1` through fabric8's client. Thread-safe.
public final class ApiLeaseObjects implements LeaseObjects {

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final Clock clock;
  private final @Nullable String owner;

  /// Creates one.
  ///
  /// @param client any client of the cluster
  /// @param namespace where the Lease is
  /// @param name its name
  /// @param limit a request that takes longer has failed
  /// @param clock for the times in the object, which are for people
  /// @param owner name of the ConfigMap with which it is deleted; null = it stays
  public ApiLeaseObjects(
      KubernetesClient client,
      String namespace,
      String name,
      Duration limit,
      Clock clock,
      @Nullable String owner) {
    this.client = OneAttempt.of(client, limit);
    this.namespace = namespace;
    this.name = name;
    this.clock = clock;
    this.owner = owner;
  }

  @Override
  public Optional<LeaseObject> read() {
    return Optional.ofNullable(client.leases().inNamespace(namespace).withName(name).get())
        .map(ApiLeaseObjects::object);
  }

  @Override
  public Optional<LeaseObject> create(LeaseObject.Content content) {
    var lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .addToLabels("app.kubernetes.io/managed-by", "myelin")
            .withOwnerReferences(owners())
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .build();
    try {
      return Optional.of(
          object(
              client
                  .leases()
                  .inNamespace(namespace)
                  .resource(filled(lease, content, true))
                  .create()));
    } catch (KubernetesClientException e) {
      return emptyIfOvertaken(e);
    }
  }

  @Override
  public Optional<LeaseObject> replace(LeaseObject before, LeaseObject.Content content) {
    try {
      var lease = client.leases().inNamespace(namespace).withName(name).get();
      if (lease == null || !before.version().equals(lease.getMetadata().getResourceVersion())) {
        return Optional.empty();
      }
      boolean acquired = content.epoch() != before.content().epoch();
      return Optional.of(
          object(
              client
                  .leases()
                  .inNamespace(namespace)
                  .resource(filled(lease, content, acquired))
                  .update()));
    } catch (KubernetesClientException e) {
      return emptyIfOvertaken(e);
    }
  }

  private List<OwnerReference> owners() {
    var found =
        owner == null ? null : client.configMaps().inNamespace(namespace).withName(owner).get();
    return found == null
        ? List.of()
        : List.of(
            new OwnerReferenceBuilder()
                .withApiVersion(found.getApiVersion())
                .withKind(found.getKind())
                .withName(owner)
                .withUid(found.getMetadata().getUid())
                .build());
  }

  private static Optional<LeaseObject> emptyIfOvertaken(KubernetesClientException e) {
    if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
        || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
      return Optional.empty();
    }
    throw e;
  }

  private Lease filled(Lease lease, LeaseObject.Content content, boolean acquired) {
    var now = ZonedDateTime.now(clock);
    return new LeaseBuilder(lease)
        .editSpec()
        .withHolderIdentity(content.holder().isEmpty() ? null : content.holder())
        .withLeaseTransitions(Math.toIntExact(content.epoch()))
        .withLeaseDurationSeconds(Math.toIntExact(content.duration().toSeconds()))
        .withAcquireTime(acquired ? now : lease.getSpec().getAcquireTime())
        .withRenewTime(now)
        .endSpec()
        .build();
  }

  private static LeaseObject object(Lease lease) {
    var metadata = lease.getMetadata();
    var spec = lease.getSpec();
    return new LeaseObject(
        metadata.getUid(),
        metadata.getResourceVersion(),
        new LeaseObject.Content(
            Objects.requireNonNullElse(spec.getHolderIdentity(), ""),
            Objects.requireNonNullElse(spec.getLeaseTransitions(), 0),
            Duration.ofSeconds(Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), 1))));
  }
}
