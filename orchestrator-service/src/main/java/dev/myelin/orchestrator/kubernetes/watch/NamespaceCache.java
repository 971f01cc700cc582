package dev.myelin.orchestrator.kubernetes.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Budgets;
import dev.myelin.orchestrator.kubernetes.desired.Names;
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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A namespace through fabric8's informers.
///
/// Watches that break are resumed where they broke off; where the API has forgotten that place
/// (410) or refuses for now (429), everything is listed anew, after a growing wait. While the API
/// is away the last state stays. Thread-safe; reading never blocks.
public final class NamespaceCache implements ObservedNamespace, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NamespaceCache.class);
  private static final String BY_SERVICE = "service";

  private final KubernetesClient client;
  private final String namespace;
  private final Consumer<String> changed;
  private final SharedIndexInformer<Microservice> resources;
  private final SharedIndexInformer<Pod> pods;
  private final List<SharedIndexInformer<? extends HasMetadata>> objects = new ArrayList<>();

  @GuardedBy("this")
  private boolean started;

  /// Creates one that is empty until started.
  ///
  /// @param client of the API
  /// @param namespace which namespace
  /// @param budgets which disruption budgets the API has
  /// @param changed told the name of each service of which something has changed, on a thread of
  ///   the client; must not block
  public NamespaceCache(
      KubernetesClient client, String namespace, Budgets budgets, Consumer<String> changed) {
    this.client = client;
    this.namespace = namespace;
    this.changed = changed;
    this.resources =
        client.resources(Microservice.class).inNamespace(namespace).runnableInformer(0);
    prepare(resources);
    this.pods = made(Pod.class);
    this.pods.addIndexers(Map.of(BY_SERVICE, pod -> List.of(service(pod))));
    objects.add(made(Service.class));
    objects.add(made(Deployment.class));
    objects.add(made(StatefulSet.class));
    objects.add(made(DaemonSet.class));
    switch (budgets) {
      case V1 ->
          objects.add(made(io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget.class));
      case V1_BETA ->
          objects.add(
              made(io.fabric8.kubernetes.api.model.policy.v1beta1.PodDisruptionBudget.class));
      case NONE -> {}
    }
  }

  private <T extends HasMetadata> SharedIndexInformer<T> made(Class<T> type) {
    var informer =
        client
            .resources(type)
            .inNamespace(namespace)
            .withLabel(Names.MANAGED_BY, Names.MYELIN)
            .runnableInformer(0);
    prepare(informer);
    return informer;
  }

  private <T extends HasMetadata> void prepare(SharedIndexInformer<T> informer) {
    informer.exceptionHandler((_, failure) -> {
      log.warn(
          "Cannot watch {} in namespace '{}', trying on: {}",
          informer.getApiTypeClass().getSimpleName(),
          namespace,
          failure.toString());
      return true;
    });
    informer.addEventHandler(new Listener<>());
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
    return all().stream().allMatch(SharedIndexInformer::hasSynced);
  }

  private List<SharedIndexInformer<? extends HasMetadata>> all() {
    var all = new ArrayList<SharedIndexInformer<? extends HasMetadata>>(objects);
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
    var found = new ArrayList<HasMetadata>();
    for (var informer : objects) {
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
