package dev.myelin.orchestrator.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.myelin.orchestrator.deploy.ProcessDeployer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A real Docker daemon: the one that runs, or one of the test's own, without networks of its own.
final class DockerDaemon implements AutoCloseable {

  private static final Path SOCKET = Path.of("/var/run/docker.sock");
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+\\.so\\S*)");

  private final @Nullable Process process;
  private final Path folder;
  private final DockerClient client;

  private DockerDaemon(@Nullable Process process, Path folder, DockerClient client) {
    this.process = process;
    this.folder = folder;
    this.client = client;
  }

  static DockerClient client(String host) {
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(host).build();
    return DockerClientImpl.getInstance(
        config, new ZerodepDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
  }

  /// Starts one of the test's own where none runs.
  ///
  /// @param folder for its state
  static DockerDaemon find(Path folder) throws Exception {
    if (answers(SOCKET)) {
      return new DockerDaemon(null, folder, client("unix://" + SOCKET));
    }
    var path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin";
    var dockerd = ProcessDeployer.prefix("dockerd", path);
    if (dockerd.isEmpty() || !"root".equals(System.getProperty("user.name"))) {
      throw new AssertionError(
          "Docker is not installed, or does not run and cannot be started by this user: apt-get install docker.io, or start it");
    }
    return start(dockerd.getFirst(), folder);
  }

  private static DockerDaemon start(String dockerd, Path folder) throws Exception {
    var socket = folder.resolve("docker.sock");
    var process =
        new ProcessBuilder(
                dockerd,
                "--host=unix://" + socket,
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("docker.pid"),
                "--iptables=false",
                "--bridge=none")
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve("dockerd.log").toFile()))
            .start();
    for (int i = 0; i < 1_200 && process.isAlive(); i++) {
      if (answers(socket)) {
        return new DockerDaemon(process, folder, client("unix://" + socket));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    process.destroyForcibly();
    throw new AssertionError(
        "dockerd did not start: " + Files.readString(folder.resolve("dockerd.log")));
  }

  private static boolean answers(Path socket) throws IOException {
    if (!Files.exists(socket)) {
      return false;
    }
    try (var client = client("unix://" + socket)) {
      client.pingCmd().exec();
      return true;
    } catch (RuntimeException _) {
      return false;
    }
  }

  DockerClient client() {
    return client;
  }

  /// Makes an image of a few programs of this machine, for no registry need be reachable.
  void buildOfPrograms(String name, Path context, String... programs) throws Exception {
    var libraries = new TreeSet<String>();
    for (var program : programs) {
      var file = Path.of("/bin", program);
      copy(file, context);
      libraries.addAll(librariesOf(file));
    }
    for (var library : libraries) {
      copy(Path.of(library), context);
    }
    var recipe = context.resolve("Dockerfile");
    Files.writeString(recipe, "FROM scratch\nCOPY root /\n");
    client
        .buildImageCmd(recipe.toFile())
        .withBaseDirectory(context.toFile())
        .withTags(Set.of(name))
        .exec(new BuildImageResultCallback())
        .awaitImageId();
  }

  private static void copy(Path file, Path context) throws IOException {
    var copy = context.resolve("root").resolve(file.toString().substring(1));
    Files.createDirectories(copy.getParent());
    Files.copy(file.toRealPath(), copy);
  }

  private static List<String> librariesOf(Path program) throws Exception {
    var process = new ProcessBuilder("ldd", program.toString()).start();
    var found = new ArrayList<String>();
    for (var line : process.inputReader().lines().toList()) {
      var library = LIBRARY.matcher(line);
      if (library.find()) {
        found.add(library.group(1));
      }
    }
    process.waitFor();
    return found;
  }

  @Override
  public void close() throws IOException {
    client.close();
    if (process != null) {
      process.destroy();
      process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join().destroyForcibly();
      new ProcessBuilder("rm", "-rf", folder.toString()).start().onExit().join();
    }
  }
}
