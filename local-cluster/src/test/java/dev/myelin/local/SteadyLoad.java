package dev.myelin.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls that go on, so many at a time, until it is closed; then tells what came of them.
final class SteadyLoad implements AutoCloseable {

  /// One call.
  @FunctionalInterface
  interface Call {
    HttpResponse<String> make() throws IOException;
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicInteger made = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  /// Starts calling.
  ///
  /// @param atATime calls under way at a time
  /// @param expected body of every answer
  /// @param call what to call
  SteadyLoad(int atATime, String expected, Call call) {
    for (int i = 0; i < atATime; i++) {
      threads.execute(() -> {
        while (!stopped.get()) {
          once(expected, call);
        }
      });
    }
  }

  private void once(String expected, Call call) {
    try {
      var response = call.make();
      if (response.statusCode() != 200 || !response.body().equals(expected)) {
        failures.add(response.statusCode() + " " + response.body());
      }
    } catch (IOException e) {
      failures.add(e.toString());
    }
    made.incrementAndGet();
  }

  /// Calls that have been answered.
  int made() {
    return made.get();
  }

  /// Waits until more calls than that have been answered.
  void awaitMade(int more) {
    await().atMost(Duration.ofMinutes(2)).until(() -> made() > more);
  }

  /// Stops, waits for the calls under way, and tells which failed.
  List<String> failures() {
    close();
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    stopped.set(true);
    threads.close();
  }
}
