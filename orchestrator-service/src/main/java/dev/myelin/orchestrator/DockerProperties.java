package dev.myelin.orchestrator;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Instances as containers.
///
/// @param host Where Docker listens, such as unix:///var/run/docker.sock. Without it, the variable
///   DOCKER_HOST counts, or the usual socket.
/// @param base Image with Java 25 and sh, on which that of the application is built.
/// @param java The java program in that image.
/// @param memory Most memory of a container whose service has a cost of 1; 0 = no limit.
/// @param cpus Most processor time, in cores, of such a container; 0 = no limit.
@ConfigurationProperties("myelin.core.docker")
public record DockerProperties(
    @Nullable String host,
    @DefaultValue("eclipse-temurin:25-jre") String base,
    @DefaultValue("java") String java,
    @DefaultValue("512MB") DataSize memory,
    @DefaultValue("1") double cpus) {

  /// Checks the limits.
  public DockerProperties {
    if (memory.isNegative()) {
      throw new IllegalArgumentException(
          "Property 'myelin.core.docker.memory' is %s but must be at least 0".formatted(memory));
    }
    if (!(cpus >= 0)) {
      throw new IllegalArgumentException(
          "Property 'myelin.core.docker.cpus' is %s but must be at least 0".formatted(cpus));
    }
  }
}
