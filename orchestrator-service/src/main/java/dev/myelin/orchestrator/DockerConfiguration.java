package dev.myelin.orchestrator;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.Cores;
import dev.myelin.orchestrator.deploy.JarStart;
import dev.myelin.orchestrator.deploy.JavaCommand;
import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.orchestrator.docker.ApplicationImage;
import dev.myelin.orchestrator.docker.ContainerShare;
import dev.myelin.orchestrator.docker.DockerDeployer;
import dev.myelin.orchestrator.state.ApplicationDescriber.Program;
import dev.myelin.orchestrator.state.DescribedApplication;
import dev.myelin.wire.ApplicationDescription.Placement;
import dev.myelin.wire.ApplicationDescription.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// What runs the application in containers.
@Configuration(proxyBeanMethods = false)
@Conditional(OnDocker.class)
@EnableConfigurationProperties(DockerProperties.class)
final class DockerConfiguration {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  // An image may have to be pulled
  private static final Duration ANSWER = Duration.ofMinutes(10);

  @Bean
  DockerDeployer dockerDeployer(
      DockerProperties docker,
      CoresProperties cores,
      Program program,
      ClusterFolder folder,
      ObjectProvider<DescribedApplication> described) {
    if (cores.instances() > 1) {
      throw new IllegalStateException(
          "'myelin.core.instances' is %d, but core processes start each other as processes, not as containers: leave it at 1 with docker."
              .formatted(cores.instances()));
    }
    var root = folder.root().toAbsolutePath();
    var client = client(docker);
    var command =
        new JavaCommand(
            Path.of(docker.java()),
            program.jvmOptions(),
            ApplicationImage.JAR,
            root,
            program.arguments(),
            JarStart.PLAIN);
    return new DockerDeployer(
        client,
        new ApplicationImage(client, program.jar(), docker.base()),
        command,
        new DockerDeployer.Setting(
            root,
            folder.logs().toAbsolutePath(),
            program.variables(),
            order -> share(docker, described.getObject(), order),
            Cores.own()));
  }

  private static DockerClient client(DockerProperties docker) {
    var builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
    if (docker.host() != null) {
      builder.withDockerHost(docker.host());
    }
    var config = builder.build();
    return DockerClientImpl.getInstance(
        config,
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .connectionTimeout(CONNECT)
            .responseTimeout(ANSWER)
            .build());
  }

  private static ContainerShare share(
      DockerProperties docker, DescribedApplication described, SpawnOrder order) {
    var placement = placement(described, order);
    double cost = placement.map(Placement::cost).orElse(1.0);
    return new ContainerShare(
        (long) (docker.memory().toBytes() * cost),
        docker.cpus() * cost,
        placement.map(Placement::singleCore).orElse(false));
  }

  private static Optional<Placement> placement(DescribedApplication described, SpawnOrder order) {
    return described.known().stream()
        .flatMap(application -> application.services().stream())
        .filter(service -> order.services().contains(service.name()))
        .map((Service service) -> service.attributes().placement())
        .findFirst();
  }
}
