package dev.myelin.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of this machine that keeps its connections and answers nothing, until this is closed.
///
/// @param pid its number
record StoppedProcess(long pid) implements AutoCloseable {

  /// What says the number of the cluster's API server, where it is one; `.ci/run` does.
  static final String API_SERVER = "MYELIN_TEST_API_SERVER";

  /// Stops the API server that the environment names.
  static StoppedProcess apiServer() throws IOException {
    return stop(Long.parseLong(System.getenv(API_SERVER)));
  }

  /// Stops the process of a pod's container `service`.
  static StoppedProcess instance(String namespace, String pod) throws IOException {
    var id =
        answer(
            "docker",
            "ps",
            "-q",
            "--filter",
            "label=io.kubernetes.pod.namespace=" + namespace,
            "--filter",
            "label=io.kubernetes.pod.name=" + pod,
            "--filter",
            "label=io.kubernetes.container.name=service");
    return stop(Long.parseLong(answer("docker", "inspect", "-f", "{{.State.Pid}}", id)));
  }

  private static StoppedProcess stop(long pid) throws IOException {
    var _ = answer("kill", "-STOP", Long.toString(pid));
    return new StoppedProcess(pid);
  }

  private static String answer(String... command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    var ended = process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    assertThat(ended.exitValue()).as("%s: %s", List.of(command), text).isZero();
    return text;
  }

  @Override
  public void close() throws IOException {
    // it may have been killed meanwhile
    if (ProcessHandle.of(pid).isPresent()) {
      var _ = answer("kill", "-CONT", Long.toString(pid));
    }
  }
}
