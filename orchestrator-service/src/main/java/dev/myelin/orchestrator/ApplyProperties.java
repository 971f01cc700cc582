package dev.myelin.orchestrator;

import dev.myelin.orchestrator.kubernetes.release.ReleaseJob;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// Asks the core's program to write the Microservice resources of an application into the cluster
/// and to end, instead of running the core. The Job of an application's chart sets them.
///
/// @param description File that the application wrote with myelin.describe.
/// @param release File that the chart wrote: what its values say of the services.
/// @param owner Name of the ConfigMap that the resources go with.
@ConfigurationProperties("myelin.apply")
public record ApplyProperties(
    @Nullable Path description, @Nullable Path release, @Nullable String owner) {

  /// Reads them; empty where nothing is asked for.
  ///
  /// @param environment where the properties are
  /// @throws IllegalArgumentException if some are given and others are not
  public static Optional<ReleaseJob.Task> of(Environment environment) {
    return Binder.get(environment)
        .bind("myelin.apply", ApplyProperties.class)
        .map(Optional::of)
        .orElse(Optional.empty())
        .map(ApplyProperties::task);
  }

  private ReleaseJob.Task task() {
    if (description == null || release == null || owner == null) {
      throw new IllegalArgumentException(
          "myelin.apply needs all of myelin.apply.description, myelin.apply.release and myelin.apply.owner, but has %s"
              .formatted(this));
    }
    return new ReleaseJob.Task(description, release, owner);
  }
}
