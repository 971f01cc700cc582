package dev.myelin.local;

import dev.myelin.gateway.GatewayConfiguration;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.FolderLock;
import dev.myelin.orchestrator.OrchestratorConfiguration;
import dev.myelin.orchestrator.kubernetes.release.ReleaseJob;
import dev.myelin.pubsub.PubSubConfiguration;
import dev.myelin.stethoscope.StethoscopeConfiguration;
import dev.myelin.wire.Orchestrator;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.Console;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/// Runs an application as a cluster of processes on this machine: `java -jar local-cluster.jar
/// --myelin.app=APP.jar`.
///
/// The core services and the gateway live in this JVM; the front and the instances are processes of
/// their own. Ctrl-C or TERM stops them in order, through the shutdown hook of the context; after a
/// kill, they stop by themselves when the lease has not been renewed for `myelin.orphan-timeout`.
///
/// With `--myelin.core.instances=N` there are N such JVMs, which start each other again when one is
/// killed, this one included; whichever gateway lives has this one's port. `--myelin.stop` ends
/// them and everything else from wherever it is said.
///
/// With `myelin.mode=kubernetes` it is a core process of a cluster of pods, without an application
/// of its own and without a folder.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  OrchestratorConfiguration.class,
  PubSubConfiguration.class,
  StethoscopeConfiguration.class,
  GatewayConfiguration.class
})
public class LocalClusterApplication {

  /// Starts a cluster; ends with status 2 and one sentence where there is nothing to start.
  ///
  /// @param args `--myelin.app=APP.jar` and any property of Spring Boot or Myelin
  public static void main(String[] args) {
    EndWithoutMemory.install();
    var temporary = Path.of(System.getProperty("java.io.tmpdir"));
    switch (Launch.of(args, System.getenv("MYELIN_APP"), temporary)) {
      case Launch.Refusal(var text, var status) -> {
        (status == 0 ? System.out : System.err).println(text);
        System.exit(status);
      }
      case Launch.Stop(var folder) -> System.exit(new ClusterStop(folder, System.out).run());
      case Launch.Apply(var task) -> System.exit(apply(task));
      case Launch.CorePod pod -> application(pod.properties()).run(args);
      case Launch.Cluster cluster when cluster.member() ->
          application(cluster.properties()).run(args);
      case Launch.Cluster cluster -> run(cluster, args);
    }
  }

  private static int apply(ReleaseJob.Task task) {
    try (var client = new KubernetesClientBuilder().build()) {
      return new ReleaseJob(client, System.out).run(task);
    }
  }

  private static void run(Launch.Cluster cluster, String[] args) {
    // keeps two local clusters out of the same folder
    var lock = new FolderLock(new ClusterFolder(cluster.folder()), "local-cluster.lock");
    if (!lock.tryLock() || LivingCore.in(cluster.folder())) {
      System.err.printf(
          "A cluster already runs in the folder '%s'; end it with --myelin.stop, or give another"
              + " --myelin.cluster.folder.%n",
          cluster.folder());
      System.exit(2);
    }
    forgetEarlierStop(cluster.folder());
    var display = display();
    display.say(
        "cluster of '%s', its state and logs in '%s'".formatted(cluster.app(), cluster.folder()));
    var application = application(cluster.properties());
    // as a bean, the lock is let go of after everything else has stopped
    application.addInitializers((GenericApplicationContext context) -> {
      context.registerBean(FolderLock.class, () -> lock, LocalClusterApplication::release);
      context.registerBean(Display.class, () -> display);
    });
    application.run(args);
  }

  private static void release(BeanDefinition lock) {
    lock.setDestroyMethodName("release");
  }

  // of a cluster that was killed while it stopped
  private static void forgetEarlierStop(Path folder) {
    var files = new ClusterFolder(folder);
    files.delete(files.stop());
  }

  private static SpringApplication application(Map<String, Object> properties) {
    var application = new SpringApplication(LocalClusterApplication.class);
    application.setDefaultProperties(properties);
    return application;
  }

  // before anything else takes hold of the standard output
  private static Display display() {
    Supplier<Duration> elapsed =
        () -> Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    return onTerminal()
        ? TableDisplay.onStandardOutput(Clock.systemUTC(), elapsed)
        : new LineDisplay(System.out, elapsed);
  }

  // One that another core process has started has nobody to show it to
  @Bean
  @ConditionalOnBean(Display.class)
  ClusterWatch clusterWatch(Orchestrator orchestrator, Display display) {
    return new ClusterWatch(orchestrator, display);
  }

  private static boolean onTerminal() {
    return !Objects.equals(System.getenv("TERM"), "dumb")
        && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
