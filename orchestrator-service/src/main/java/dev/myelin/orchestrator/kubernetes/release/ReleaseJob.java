package dev.myelin.orchestrator.kubernetes.release;

import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.json.WireJson;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the resources of a release, once; what the Job of an application's chart runs.
public final class ReleaseJob {

  private static final int DONE = 0;
  private static final int FAILED = 1;

  private final KubernetesClient client;
  private final PrintStream out;

  /// What it works on.
  ///
  /// @param description file that the application wrote with `--myelin.describe`
  /// @param release file that the chart wrote
  /// @param owner name of the ConfigMap that the resources go with
  public record Task(Path description, Path release, String owner) {}

  /// Creates it.
  ///
  /// @param client reaches the API, in the namespace of the release
  /// @param out takes a line for each step
  public ReleaseJob(KubernetesClient client, PrintStream out) {
    this.client = client;
    this.out = out;
  }

  /// Does it; what fails is said in one line.
  ///
  /// @param task what to work on
  /// @return exit status of the process
  public int run(Task task) {
    try {
      var namespace = client.getNamespace();
      var owner = client.configMaps().inNamespace(namespace).withName(task.owner()).get();
      if (owner == null) {
        return failed("there is no ConfigMap '%s' in '%s'".formatted(task.owner(), namespace));
      }
      var description =
          WireJson.read(Files.readString(task.description()), ApplicationDescription.class);
      var manifests = new ServiceManifests(description, Release.read(task.release()), owner);
      new ReleaseWriter(client, namespace, out::println).write(manifests);
      out.printf("%d services of '%s'%n", description.services().size(), description.application());
      return DONE;
    } catch (KubernetesClientException e) {
      return failed("the API refused: %s".formatted(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      return failed(String.valueOf(e.getMessage()));
    }
  }

  private int failed(String reason) {
    out.printf("The services were not written: %s%n", reason);
    return FAILED;
  }
}
