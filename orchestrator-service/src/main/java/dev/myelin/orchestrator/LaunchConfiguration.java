package dev.myelin.orchestrator;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.aot.AotCaches;
import dev.myelin.orchestrator.aot.AotTraining;
import dev.myelin.orchestrator.deploy.CommandByRole;
import dev.myelin.orchestrator.deploy.CommandLine;
import dev.myelin.orchestrator.deploy.CoreCommand;
import dev.myelin.orchestrator.deploy.Cores;
import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.deploy.JarStart;
import dev.myelin.orchestrator.deploy.JavaCommand;
import dev.myelin.orchestrator.deploy.PinnedCommand;
import dev.myelin.orchestrator.deploy.ProcessDeployer;
import dev.myelin.orchestrator.output.LineSink;
import dev.myelin.orchestrator.output.LogEcho;
import dev.myelin.orchestrator.output.LogRetention;
import dev.myelin.orchestrator.reconcile.InstanceListener;
import dev.myelin.orchestrator.reconcile.LoggingInstanceListener;
import dev.myelin.orchestrator.reconcile.Roster;
import dev.myelin.orchestrator.state.ApplicationDescriber;
import dev.myelin.orchestrator.state.ApplicationDescriber.Program;
import dev.myelin.orchestrator.state.DescribedApplication;
import dev.myelin.orchestrator.state.UnusableApplicationException;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.ApplicationDescription.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// What runs the application: its jar, its command line, its output.
@Configuration(proxyBeanMethods = false)
@Conditional(OnKubernetes.Not.class)
@EnableConfigurationProperties({LaunchProperties.class, AotProperties.class})
final class LaunchConfiguration {

  private static final String DOOR = "myelin.core.gateway.door";
  private static final String DEFAULT_PORT = "8080";
  private static final Duration ECHO_INTERVAL = Duration.ofMillis(200);

  // The first instances have the machine to themselves until then
  private static final Duration TRAINING_DELAY = Duration.ofSeconds(30);
  private static final Duration TRAINING_LIMIT = Duration.ofMinutes(5);

  @Bean
  Program applicationProgram(LaunchProperties launch, Environment environment) {
    var app = launch.app() != null ? launch.app() : environment.getProperty("myelin.app");
    if (app == null || app.isBlank()) {
      throw new UnusableApplicationException(
          "No application is given.", "Set myelin.app to the path of the application's jar.");
    }
    return new Program(
        JavaCommand.runningJava(),
        launch.jvmOptions(),
        Path.of(app).toAbsolutePath().normalize(),
        launch.arguments(),
        ForwardedProperties.of(environment, launch, System.getenv()));
  }

  @Bean
  JarStart applicationStart(
      AotProperties aot,
      Environment environment,
      Program program,
      ClusterFolder folder,
      ObjectProvider<DescribedApplication> described,
      CoresProperties cores,
      Time time) {
    if (!aot.aotCache() || OnDocker.in(environment)) {
      return JarStart.PLAIN;
    }
    var training =
        new AotTraining(
            new AotTraining.Program(
                program.java(),
                program.jvmOptions(),
                program.arguments(),
                program.variables(),
                TRAINING_LIMIT),
            () -> described.getObject().await().services().stream().map(Service::name).toList(),
            folder.logs().resolve("aot-training.log"));
    var caches =
        new AotCaches(
            training,
            folder.root().toAbsolutePath().resolve("aot"),
            OrchestratorConfiguration.ownThread(),
            CompletableFuture.delayedExecutor(
                TRAINING_DELAY.toSeconds(),
                TimeUnit.SECONDS,
                OrchestratorConfiguration.ownThread()),
            time);
    // Asked once before it is needed, so that a cache made earlier is found by the first start; but
    // not by a process that only waits, or several would make one at the same time
    if (!cores.member()) {
      caches.of(program.jar());
    }
    return caches;
  }

  @Bean
  CommandLine processCommandLine(
      Program program,
      ClusterFolder folder,
      JarStart start,
      ObjectProvider<DescribedApplication> described,
      Environment environment,
      ObjectProvider<ApplicationArguments> arguments) {
    var application =
        new JavaCommand(
            program.java(),
            program.jvmOptions(),
            program.jar(),
            folder.root().toAbsolutePath(),
            program.arguments(),
            start);
    var pinned =
        new PinnedCommand(
            application,
            name -> singleCore(described.getObject(), name),
            System.getenv().getOrDefault("PATH", ""),
            Cores.own());
    var given = arguments.getIfAvailable(() -> new DefaultApplicationArguments());
    var core =
        CoreCommand.likeThisProcess(
            List.of(given.getSourceArgs()), ownOptions(environment, program, folder));
    return new CommandByRole(core, pinned);
  }

  private static boolean singleCore(DescribedApplication described, String name) {
    return described.known().stream()
        .flatMap(application -> application.services().stream())
        .anyMatch(service ->
            service.name().equals(name) && service.attributes().placement().singleCore());
  }

  /// What tells another core process from this one: its HTTP port is any free one, and it takes
  /// over this one's when that is free.
  private static Map<String, String> ownOptions(
      Environment environment, Program program, ClusterFolder folder) {
    var own = new HashMap<String, String>();
    own.put("myelin.app", program.jar().toString());
    own.put("myelin.cluster.folder", folder.root().toAbsolutePath().toString());
    own.put("myelin.core.member", "true");
    own.put("server.port", "0");
    var port = environment.getProperty(DOOR, environment.getProperty("server.port", DEFAULT_PORT));
    if (!port.equals("0")) {
      own.put(DOOR, port);
    }
    return own;
  }

  @Bean
  @Conditional(OnDocker.Not.class)
  Deployer deployer(CommandLine command, Program program, ClusterFolder folder, Time time) {
    return new ProcessDeployer(command, program.variables(), folder.logs(), time);
  }

  @Bean
  ApplicationDescriber applicationDescriber(
      Program program, ClusterFolder folder, LaunchProperties launch) {
    return new ApplicationDescriber(folder, program, launch.startTimeout());
  }

  @Bean
  DescribedApplication describedApplication(ApplicationDescriber describer) {
    return new DescribedApplication(describer::describe, OrchestratorConfiguration.ownThread());
  }

  @Bean
  LoggingInstanceListener loggingInstanceListener() {
    return new LoggingInstanceListener();
  }

  @Bean
  InstanceListener retentionListener(
      ProcessesProperties instances, ClusterFolder folder, Roster roster) {
    return new RetentionListener(new LogRetention(folder.logs(), instances.keptLogs()), roster);
  }

  @Bean
  @ConditionalOnBooleanProperty(name = "myelin.core.echo", matchIfMissing = true)
  EchoListener echoListener(ClusterFolder folder, ObjectProvider<LineSink> sinks) {
    return new EchoListener(
        new LogEcho(
            folder.logs(),
            sinks.getIfAvailable(() -> new ConsoleLineSink(System.out)),
            ECHO_INTERVAL));
  }
}
