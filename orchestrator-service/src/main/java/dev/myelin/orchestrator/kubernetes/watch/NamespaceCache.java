package dev.myelin.orchestrator.kubernetes.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.kubernetes.OneAttempt;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Budgets;
import dev.myelin.orchestrator.kubernetes.desired.Names;
import dev.myelin.orchestrator.kubernetes.desired.RouteKind;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A namespace through fabric8's informers.
///
/// Watches that break are resumed where they broke off, after a growing wait; where the API has
/// forgotten that place (410), everything is listed anew, and what has gone meanwhile is told as
/// such. While the API is away or refuses (429), the last state stays. That is logged as it begins
/// and as it ends. Thread-safe; reading never blocks.
public final class NamespaceCache implements ObservedNamespace, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NamespaceCache.class);
  private static final String BY_SERVICE = "service";

  private final KubernetesClient client;
  private final String namespace;
  private final Consumer<String> changed;
  private final SharedIndexInformer<Microservice> resources;
  private final SharedIndexInformer<Pod> pods;
  private final List<SharedIndexInformer<? extends HasMetadata>> objects = new ArrayList<>();
  private final List<SharedIndexInformer<? extends HasMetadata>> routes = new ArrayList<>();

  private final Set<SharedIndexInformer<?>> failing = ConcurrentHashMap.newKeySet();

  @GuardedBy("this")
  private boolean started;

  /// Creates one that is empty until started.
  ///
  /// @param client of the API
  /// @param namespace which namespace
  /// @param kinds which kinds the API has
  /// @param changed told the name of each service of which something has changed, on a thread of
  ///   the client; must not block
  public NamespaceCache(
      KubernetesClient client, String namespace, Kinds kinds, Consumer<String> changed) {
    this.client = OneAttempt.of(client);
    this.namespace = namespace;
    this.changed = changed;
    this.resources =
        watched(
            this.client.resources(Microservice.class).inNamespace(namespace).runnableInformer(0));
    this.pods = made(Pod.class);
    this.pods.addIndexers(Map.of(BY_SERVICE, pod -> List.of(service(pod))));
    objects.add(made(Service.class));
    objects.add(made(Deployment.class));
    objects.add(made(StatefulSet.class));
    objects.add(made(DaemonSet.class));
    switch (kinds.budgets()) {
      case V1 ->
          objects.add(made(io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget.class));
      case V1_BETA ->
          objects.add(
              made(io.fabric8.kubernetes.api.model.policy.v1beta1.PodDisruptionBudget.class));
      case NONE -> {}
    }
    for (var kind : kinds.routes()) {
      routes.add(
          watched(
              this.client
                  .genericKubernetesResources(kind.context())
                  .inNamespace(namespace)
                  .withLabel(Names.MANAGED_BY, Names.MYELIN)
                  .runnableInformer(0)));
    }
  }

  /// Kinds that an API may have or not; one that it has not must not be watched.
  ///
  /// @param budgets which disruption budgets
  /// @param routes which routes
  public record Kinds(Budgets budgets, Set<RouteKind> routes) {

    /// Copies the routes.
    public Kinds {
      routes = Set.copyOf(routes);
    }
  }

  /// Creates one that is empty until started and watches no routes.
  ///
  /// @param client of the API
  /// @param namespace which namespace
  /// @param budgets which disruption budgets the API has
  /// @param changed told the name of each service of which something has changed, on a thread of
  ///   the client; must not block
  public NamespaceCache(
      KubernetesClient client, String namespace, Budgets budgets, Consumer<String> changed) {
    this(client, namespace, new Kinds(budgets, Set.of()), changed);
  }

  private <T extends HasMetadata> SharedIndexInformer<T> made(Class<T> type) {
    return watched(
        client
            .resources(type)
            .inNamespace(namespace)
            .withLabel(Names.MANAGED_BY, Names.MYELIN)
            .runnableInformer(0));
  }

  private <T extends HasMetadata> SharedIndexInformer<T> watched(SharedIndexInformer<T> informer) {
    informer.exceptionHandler((_, failure) -> {
      failed(informer, failure);
      return true;
    });
    informer.addEventHandler(new Listener<>());
    return informer;
  }

  private void failed(SharedIndexInformer<?> informer, Throwable failure) {
    recovered();
    boolean first = failing.isEmpty();
    boolean unknown = failing.add(informer);
    if (first && unknown) {
      log.warn(
          "Cannot watch {} in namespace '{}', trying on: {}",
          kind(informer),
          namespace,
          failure.toString());
    } else {
      log.debug("Cannot watch {} in namespace '{}'", kind(informer), namespace, failure);
    }
  }

  private void recovered() {
    if (!failing.isEmpty()
        && failing.removeIf(SharedIndexInformer::isWatching)
        && failing.isEmpty()) {
      log.info("Watching everything in namespace '{}' again", namespace);
    }
  }

  private static String kind(SharedIndexInformer<?> informer) {
    return informer.getApiTypeClass().getSimpleName();
  }

  /// Kinds that are not watched at the moment, so that what is known of them may be old. Empty
  /// where all are.
  public List<String> unwatched() {
    recovered();
    return all().stream()
        .filter(informer -> !informer.isWatching())
        .map(NamespaceCache::kind)
        .sorted()
        .toList();
  }

  /// Begins to watch. Returns at once.
  public synchronized void start() {
    if (!started) {
      started = true;
      all().forEach(SharedIndexInformer::start);
    }
  }

  @Override
  public boolean complete() {
    recovered();
    return all().stream().allMatch(SharedIndexInformer::hasSynced);
  }

  private List<SharedIndexInformer<? extends HasMetadata>> all() {
    var all = new ArrayList<SharedIndexInformer<? extends HasMetadata>>(objects);
    all.addAll(routes);
    all.add(resources);
    all.add(pods);
    return all;
  }

  @Override
  public List<Microservice> services() {
    return resources.getStore().list().stream()
        .filter(resource -> resource.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  @Override
  public Optional<Microservice> service(String service) {
    return Optional.ofNullable(resources.getStore().getByKey(key(service)))
        .filter(resource -> resource.getMetadata().getDeletionTimestamp() == null);
  }

  @Override
  public List<HasMetadata> objects(String service) {
    return of(service, objects);
  }

  @Override
  public List<HasMetadata> routes(String service) {
    return of(service, routes);
  }

  private List<HasMetadata> of(
      String service, List<SharedIndexInformer<? extends HasMetadata>> informers) {
    var found = new ArrayList<HasMetadata>();
    for (var informer : informers) {
      var object = informer.getStore().getByKey(key(service));
      if (object != null) {
        found.add(object);
      }
    }
    return found;
  }

  @Override
  public List<Pod> pods(String service) {
    return List.copyOf(pods.getIndexer().byIndex(BY_SERVICE, service));
  }

  @Override
  public Optional<Pod> pod(String name) {
    return Optional.ofNullable(pods.getStore().getByKey(key(name)));
  }

  private String key(String name) {
    return namespace + "/" + name;
  }

  private static String service(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    return labels == null
        ? object.getMetadata().getName()
        : labels.getOrDefault(Names.SERVICE, object.getMetadata().getName());
  }

  @Override
  public synchronized void close() {
    all().forEach(SharedIndexInformer::stop);
  }

  private final class Listener<T extends HasMetadata> implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T object) {
      changed.accept(service(object));
    }

    @Override
    public void onUpdate(T before, T object) {
      changed.accept(service(object));
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
      changed.accept(service(object));
    }
  }
}
