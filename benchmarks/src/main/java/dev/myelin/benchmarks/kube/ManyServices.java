package dev.myelin.benchmarks.kube;

import dev.myelin.kubernetes.TestCluster;
import dev.myelin.orchestrator.kubernetes.RunningLoop;
import dev.myelin.orchestrator.kubernetes.desired.RouteSettings;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.kubernetes.watch.NamespaceCache;
import dev.myelin.orchestrator.scale.ScalingWindows;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Microservices in a namespace of their own, gone when closed.
public final class ManyServices implements AutoCloseable {

  private static final String HOLLOW = "kubernetes.io/hollow";
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int AT_A_TIME = 8;
  private static final int QUIET_SECONDS = 10;

  // Those of myelin.core.scaling
  private static final ScalingWindows WINDOWS =
      new ScalingWindows(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5));

  private final TestCluster cluster;
  private final int services;
  private final boolean instances;
  private final CountedRequests requests = new CountedRequests();
  private final KubernetesClient client;

  /// What came out of a cold start and the time after it.
  ///
  /// @param reconciled until the objects of all services were there
  /// @param quiet until hardly anything was written any more: pods come up, and statuses follow
  /// @param writes requests that write, a second, when idle
  /// @param reads requests that read, a second, when idle
  /// @param inStart writes of the start
  public record Outcome(
      Duration reconciled, Duration quiet, double writes, double reads, long inStart) {}

  /// Creates the namespace.
  ///
  /// @param name what its name begins with
  /// @param services how many
  /// @param instances whether each has one instance, on a hollow node, or none
  public ManyServices(String name, int services, boolean instances) {
    this.cluster = TestCluster.open(name);
    this.services = services;
    this.instances = instances;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(cluster.client().getConfiguration())
            .withHttpClientBuilderConsumer(
                builder -> builder.addOrReplaceInterceptor("requests", requests))
            .build();
  }

  /// Nodes that run pods without doing anything.
  public int hollowNodes() {
    return cluster.client().nodes().withLabel(HOLLOW, "true").list().getItems().size();
  }

  /// Makes the resources, which nobody acts upon yet.
  ///
  /// @param definition file with the definition of the resource
  public void create(Path definition) throws IOException, InterruptedException, ExecutionException {
    var admin = cluster.client();
    var resource =
        Objects.requireNonNull(
            admin
                .getKubernetesSerialization()
                .unmarshal(Files.readString(definition), CustomResourceDefinition.class));
    admin.resource(resource).fieldManager("myelin-it").forceConflicts().serverSideApply();
    admin
        .resource(resource)
        .waitUntilCondition(
            found ->
                found.getStatus() != null
                    && found.getStatus().getConditions().stream()
                        .anyMatch(it ->
                            it.getType().equals("Established") && it.getStatus().equals("True")),
            30,
            TimeUnit.SECONDS);
    var permits = new Semaphore(AT_A_TIME);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var made = new ArrayList<Callable<Void>>();
      for (int i = 0; i < services; i++) {
        var name = "service-" + i;
        made.add(() -> {
          permits.acquire();
          try {
            create(name);
          } finally {
            permits.release();
          }
          return null;
        });
      }
      for (var each : threads.invokeAll(made)) {
        each.get();
      }
    }
  }

  // Nothing answers probes in a hollow pod, so its instance never becomes ready
  private void create(String name) {
    var yaml =
        """
        apiVersion: myelin.dev/v1
        kind: Microservice
        metadata: {name: %s}
        spec:
          image: nothing:1
          minInstances: %d
          podTemplate: {spec: {nodeSelector: {%s: 'true'}, securityContext: {runAsUser: 1000}}}
        """
            .formatted(name, instances ? 1 : 0, HOLLOW);
    var _ =
        cluster
            .client()
            .resource(
                Objects.requireNonNull(
                    cluster
                        .client()
                        .getKubernetesSerialization()
                        .unmarshal(yaml, Microservice.class)))
            .inNamespace(cluster.namespace())
            .create();
  }

  /// Starts an orchestrator that knows nothing, and counts when it has nothing left to do.
  ///
  /// @param idle for how long requests are counted then
  /// @param whenReconciled told after what time all objects were as they should be, before it is
  ///   waited for their pods
  public Outcome measure(Duration idle, Consumer<Duration> whenReconciled)
      throws InterruptedException {
    var before = requests.count();
    long start = System.nanoTime();
    try (var orchestrator =
        new RunningLoop(client, cluster.namespace(), RouteSettings.NONE, WINDOWS)) {
      var cache = orchestrator.cache();
      await(start, "reconciled", () -> cache.complete() && reconciled(cache) >= services);
      var reconciled = Duration.ofNanos(System.nanoTime() - start);
      whenReconciled.accept(reconciled);
      awaitQuiet(start);
      var quiet = Duration.ofNanos(System.nanoTime() - start);
      var settled = requests.count();
      TimeUnit.NANOSECONDS.sleep(idle.toNanos());
      var count = requests.count().since(settled);
      double seconds = idle.toMillis() / 1e3;
      return new Outcome(
          reconciled,
          quiet,
          count.writes() / seconds,
          count.reads() / seconds,
          settled.since(before).writes());
    }
  }

  private void awaitQuiet(long start) throws InterruptedException {
    CountedRequests.Count before;
    do {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new IllegalStateException(
            "Writes have not ended within %d min".formatted(LONGEST.toMinutes()));
      }
      before = requests.count();
      TimeUnit.SECONDS.sleep(QUIET_SECONDS);
    } while (requests.count().since(before).writes() > QUIET_SECONDS);
  }

  private static long reconciled(NamespaceCache cache) {
    return cache.services().stream().filter(ManyServices::reconciled).count();
  }

  // For the resource as it is now
  private static boolean reconciled(Microservice resource) {
    var status = resource.getStatus();
    return status != null
        && status.conditions().stream()
            .anyMatch(it ->
                it.type().equals("Reconciled")
                    && it.status().equals("True")
                    && resource.getMetadata().getGeneration().equals(it.observedGeneration()));
  }

  private static void await(long start, String what, BooleanSupplier condition)
      throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new IllegalStateException(
            "Not all services were %s within %d min".formatted(what, LONGEST.toMinutes()));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Override
  public void close() {
    client.close();
    cluster.close();
  }
}
