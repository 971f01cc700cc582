package dev.myelin.orchestrator;

import dev.myelin.membership.ClusterFolder;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// What runs the application: its jar, its command line, its output.
@Configuration(proxyBeanMethods = false)
@Conditional(OnKubernetes.Not.class)
@EnableConfigurationProperties(LaunchProperties.class)
@Import(AotConfiguration.class)
final class LaunchConfiguration {

  private static final String DOOR = "myelin.core.gateway.door";
  private static final String DEFAULT_PORT = "8080";
  private static final Duration ECHO_INTERVAL = Duration.ofMillis(200);

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
  CoreCommand.Told coreProcessArguments(
      Program program,
      ClusterFolder folder,
      Environment environment,
      ObjectProvider<ApplicationArguments> arguments) {
    var given = arguments.getIfAvailable(() -> new DefaultApplicationArguments());
    return new CoreCommand.Told(
        List.of(given.getSourceArgs()), ownOptions(environment, program, folder));
  }

  @Bean
  CommandLine processCommandLine(
      Program program,
      ClusterFolder folder,
      JarStart applicationStart,
      JarStart coreStart,
      CoreCommand.Told coreProcessArguments,
      ObjectProvider<DescribedApplication> described) {
    var application =
        new JavaCommand(
            program.java(),
            program.jvmOptions(),
            program.jar(),
            folder.root().toAbsolutePath(),
            program.arguments(),
            applicationStart);
    var pinned =
        new PinnedCommand(
            application,
            name -> singleCore(described.getObject(), name),
            System.getenv().getOrDefault("PATH", ""),
            Cores.own());
    var core = CoreCommand.likeThisProcess(coreProcessArguments, coreStart);
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
