package dev.myelin.benchmarks.lab;

import dev.myelin.benchmarks.cluster.GatewayCalls;
import dev.myelin.benchmarks.faults.OpenLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// Calls at a steady rate, until it is closed, each with its begin, its end, and what became of it.
/// Thread-safe.
final class TimedCalls implements AutoCloseable {

  private final GatewayCalls calls;
  private final List<Timed> ended = new CopyOnWriteArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
  private final Future<OpenLoop.Report> load;

  /// A call.
  ///
  /// @param begun the ticker's reading when it was made
  /// @param ended when its outcome was known
  /// @param failure what was said of it; empty if it was answered
  record Timed(long begun, long ended, String failure) {

    boolean failed() {
      return !failure.isEmpty();
    }

    Duration took() {
      return Duration.ofNanos(ended - begun);
    }
  }

  TimedCalls(GatewayCalls calls, double perSecond, long seed) {
    this.calls = calls;
    this.load = thread.submit(() -> new OpenLoop(perSecond, seed).runUntil(over::get, this::call));
  }

  private String call() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    String failure = "";
    try {
      return calls.call();
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
      throw e;
    } finally {
      ended.add(new Timed(begun, System.nanoTime(), failure));
    }
  }

  /// Ends the load and waits for the last call.
  ///
  /// @return all calls
  List<Timed> end() throws Exception {
    over.set(true);
    var _ = load.get();
    return List.copyOf(ended);
  }

  @Override
  public void close() {
    over.set(true);
    thread.close();
  }
}
