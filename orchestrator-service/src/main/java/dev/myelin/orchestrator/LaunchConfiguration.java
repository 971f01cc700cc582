package dev.myelin.orchestrator;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.CommandLine;
import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.deploy.JavaCommand;
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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// What runs the application: its jar, its command line, its output.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LaunchProperties.class)
final class LaunchConfiguration {

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
  CommandLine applicationCommandLine(Program program, ClusterFolder folder) {
    return new JavaCommand(
        program.java(),
        program.jvmOptions(),
        program.jar(),
        folder.root().toAbsolutePath(),
        program.arguments());
  }

  @Bean
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
      InstancesProperties instances, ClusterFolder folder, Roster roster) {
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
