package dev.myelin.local;

import dev.myelin.Hosting;
import dev.myelin.Mode;
import dev.myelin.orchestrator.ApplyProperties;
import dev.myelin.orchestrator.kubernetes.release.ReleaseJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/// What the command line asks for.
sealed interface Launch {

  /// The one sentence that says how to start a cluster.
  String USAGE =
      "Usage: java -jar local-cluster.jar --myelin.app=APP.jar [--server.port=PORT]"
          + " [--myelin.cluster.folder=FOLDER] [--myelin.core.instances=N] [--myelin.core.*=VALUE]"
          + " [--myelin.stop]";

  /// What asks for the end of a cluster instead of starting one.
  String STOP = "myelin.stop";

  /// What such a process hosts.
  String CORE_SERVICES =
      "myelin-orchestrator,myelin-stethoscope,myelin-pubsub,myelin-topics,myelin-gateway";

  /// A cluster.
  ///
  /// @param app jar of the application
  /// @param folder where its state is kept
  /// @param member whether this process is one that another core process has started
  record Cluster(Path app, Path folder, boolean member) implements Launch {

    /// Default properties, each of which an argument or a variable of the environment overrides.
    Map<String, Object> properties() {
      var properties = new LinkedHashMap<String, Object>();
      properties.put("spring.application.name", "local-cluster");
      properties.put("spring.main.banner-mode", "off");
      properties.put("spring.threads.virtual.enabled", "true");
      properties.put("myelin.mode", "process");
      properties.put("myelin.hosts", CORE_SERVICES);
      properties.put("myelin.cluster.folder", folder.toString());
      properties.put("myelin.core.echo", "false");
      // the paths of the one port there is are the application's
      properties.put("management.server.port", "-1");
      if (!member) {
        // what happens to the cluster is the console's; how, and what the processes print, is the
        // files'
        properties.put("logging.file.name", "${myelin.cluster.folder}/logs/cluster.log");
        properties.put("logging.threshold.console", "WARN");
      }
      return properties;
    }
  }

  /// The end of a cluster that runs.
  ///
  /// @param folder where its state is kept
  record Stop(Path folder) implements Launch {}

  /// The services of an application, written into a cluster on Kubernetes.
  ///
  /// @param task what to write
  record Apply(ReleaseJob.Task task) implements Launch {}

  /// A core process of a cluster of pods: it has neither an application nor a folder.
  record CorePod() implements Launch {

    /// Default properties, each of which an argument or a variable of the environment overrides.
    Map<String, Object> properties() {
      return Map.of(
          "spring.application.name", "myelin-core",
          "spring.main.banner-mode", "off",
          "spring.threads.virtual.enabled", "true",
          "myelin.hosts", CORE_SERVICES,
          "myelin.core.echo", "false");
    }
  }

  /// A sentence instead of a cluster.
  ///
  /// @param text the sentence
  /// @param status exit status of the process
  record Refusal(String text, int status) implements Launch {}

  /// Reads the command line.
  ///
  /// @param arguments the arguments
  /// @param app application named by the environment; an argument wins over it
  /// @param temporary folder for temporary files, below which the state is kept unless an argument
  ///   says otherwise
  static Launch of(String[] arguments, @Nullable String app, Path temporary) {
    var options = new SimpleCommandLinePropertySource(arguments);
    if (options.containsProperty("help") || List.of(arguments).contains("-h")) {
      return new Refusal(USAGE, 0);
    }
    var task = ApplyProperties.of(environment(options));
    if (task.isPresent()) {
      return new Apply(task.get());
    }
    if (Hosting.of(environment(options)).mode() == Mode.KUBERNETES) {
      return new CorePod();
    }
    var folderToStop = named(options).filter(_ -> options.containsProperty(STOP));
    if (folderToStop.isPresent()) {
      return new Stop(folderToStop.get());
    }
    var named = options.getProperty("myelin.app");
    var name = named == null || named.isBlank() ? app : named;
    if (name == null || name.isBlank()) {
      return new Refusal(USAGE, 2);
    }
    var jar = jar(name);
    if (jar == null) {
      return new Refusal(
          "There is no application at '%s'; --myelin.app must name an executable jar."
              .formatted(name),
          2);
    }
    var folder = named(options).orElseGet(() -> folderOf(jar, temporary));
    return options.containsProperty(STOP)
        ? new Stop(folder)
        : new Cluster(jar, folder, "true".equals(options.getProperty("myelin.core.member")));
  }

  private static Environment environment(SimpleCommandLinePropertySource options) {
    var environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(options);
    return environment;
  }

  private static Optional<Path> named(SimpleCommandLinePropertySource options) {
    return Optional.ofNullable(options.getProperty("myelin.cluster.folder")).map(Path::of);
  }

  private static @Nullable Path jar(String name) {
    try {
      var path = Path.of(name);
      return Files.isRegularFile(path) ? path.toRealPath() : null;
    } catch (InvalidPathException _) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot resolve '%s'".formatted(name), e);
    }
  }

  /// Always the same for the same jar, so that a cluster started again finds what it left behind.
  private static Path folderOf(Path jar, Path temporary) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var hash = digest.digest(jar.toString().getBytes(StandardCharsets.UTF_8));
      var name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
      return temporary
          .resolve("myelin-" + System.getProperty("user.name"))
          .resolve(name + "-" + HexFormat.of().formatHex(hash, 0, 4));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
