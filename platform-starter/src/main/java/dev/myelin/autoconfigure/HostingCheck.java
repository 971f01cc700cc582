package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.Mode;
import dev.myelin.wire.ServiceNames;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.core.env.Environment;

/// Checks that a process can take part in a cluster the way it is told to.
final class HostingCheck {

  private HostingCheck() {}

  /// Checks the properties of a process that is part of a cluster.
  ///
  /// @param hosting what it is to host
  /// @param declared names of the services that beans of it are
  /// @param environment where the properties are
  /// @throws InvalidClusterException if one is missing or names something unknown
  static void require(Hosting hosting, Collection<String> declared, Environment environment) {
    requireCluster(hosting.mode(), hosting.outside(), environment);
    var known = new TreeSet<>(declared);
    known.removeIf(ServiceNames::reserved);
    for (var name : new TreeSet<>(hosting.services())) {
      if (!name.equals("*") && !declared.contains(name) && !platform(name)) {
        throw unknown(name, known);
      }
    }
  }

  private static boolean platform(String name) {
    return ServiceNames.CORE_SERVICES.contains(name) || name.equals(ServiceNames.INSTANCE);
  }

  private static void requireCluster(Mode mode, boolean outside, Environment environment) {
    switch (mode) {
      case IN_PROCESS -> {}
      case PROCESS, DOCKER -> requireFolder(mode, environment);
      case KUBERNETES -> requireAddress(environment, outside);
    }
  }

  private static void requireAddress(Environment environment, boolean outside) {
    var inside = !environment.getProperty("myelin.core.address", "").isBlank();
    if (inside && !environment.getProperty("myelin.core.url", "").isBlank()) {
      throw new InvalidClusterException(
          "Both 'myelin.core.address' and 'myelin.core.url' are set: the process cannot be inside its cluster's network and outside.",
          "Leave out 'myelin.core.url' where pods can be reached, 'myelin.core.address' elsewhere.");
    }
    if (!inside && !outside) {
      throw new InvalidClusterException(
          "The property 'myelin.mode' is 'kubernetes', but 'myelin.core.address' is not set: the process cannot find the core services of its cluster.",
          "Set 'myelin.core.address' to the headless Service of the core services and its port, such"
              + " as 'myelin-core:7070'; the charts do. Outside the cluster's network, set"
              + " 'myelin.core.url' to its gateway, or 'myelin.kubernetes.config' to a kubeconfig."
              + " Without 'myelin.mode' the application runs in one process.");
    }
  }

  private static void requireFolder(Mode mode, Environment environment) {
    if (environment.getProperty("myelin.cluster.folder", "").isBlank()) {
      throw new InvalidClusterException(
          "The property 'myelin.mode' is '%s', but 'myelin.cluster.folder' is not set: the process has no cluster to join."
              .formatted(name(mode)),
          "Set 'myelin.cluster.folder' to the folder of the cluster, or start the application with"
              + " 'java -jar local-cluster.jar --myelin.app=APP.jar', which does. Without"
              + " 'myelin.mode' the application runs in one process.");
    }
  }

  private static String name(Mode mode) {
    return switch (mode) {
      case IN_PROCESS -> "in-process";
      case PROCESS -> "process";
      case DOCKER -> "docker";
      case KUBERNETES -> "kubernetes";
    };
  }

  private static InvalidClusterException unknown(String name, Collection<String> known) {
    var nearest = nearest(name, known);
    return new InvalidClusterException(
        "The property 'myelin.hosts' names the service '%s', but no bean of this application is that service."
            .formatted(name),
        nearest.map(match -> "Did you mean '%s'? ".formatted(match)).orElse("")
            + (known.isEmpty()
                ? "The application has no service: annotate a bean with @Microservice."
                : "The application has these services: %s.".formatted(String.join(", ", known))));
  }

  /// The name that differs least from a given one, if any is near.
  private static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= Math.max(2, name.length() / 3))
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  // Levenshtein, one row at a time
  private static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
