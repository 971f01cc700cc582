package dev.myelin.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The process of an API server on this machine, which a test may stop for a while.
///
/// @param pid its number
record ApiServer(long pid) implements AutoCloseable {

  /// What says its number; `.ci/run` does.
  static final String VARIABLE = "MYELIN_TEST_API_SERVER";

  private static final Duration LIMIT = Duration.ofSeconds(10);

  /// Stops the one that the environment names: it takes connections and answers nothing until this
  /// is closed.
  static ApiServer stopped() throws IOException {
    var server = new ApiServer(Long.parseLong(System.getenv(VARIABLE)));
    server.signal("STOP");
    return server;
  }

  private void signal(String name) throws IOException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
    var ended = kill.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    assertThat(ended.exitValue()).as("kill -%s %d", name, pid).isZero();
  }

  @Override
  public void close() throws IOException {
    signal("CONT");
  }
}
