package dev.myelin.orchestrator.output;

import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands on what processes print, line by line, within a fraction of a second.
///
/// Reads their log files on one thread of its own, since a pipe would tie the processes to this
/// JVM. Its methods may be called from any thread and do not wait, [#close] excepted.
public final class LogEcho implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LogEcho.class);

  private final Path folder;
  private final LineSink sink;
  private final Duration interval;
  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
  private final Thread thread;

  private sealed interface Order {
    record Follow(InstanceId id, boolean fromStart) implements Order {}

    record Finish(InstanceId id) implements Order {}

    record Close() implements Order {}
  }

  /// Starts reading.
  ///
  /// @param folder where the files are, one `<id>.log` a process
  /// @param sink takes the lines
  /// @param interval how often to look
  public LogEcho(Path folder, LineSink sink, Duration interval) {
    this.folder = folder;
    this.sink = sink;
    this.interval = interval;
    this.thread = Thread.ofPlatform().daemon().name("log-echo").start(this::run);
  }

  /// Begins to follow an instance's output.
  ///
  /// @param id which instance
  /// @param fromStart whether what it has printed so far is wanted
  public void follow(InstanceId id, boolean fromStart) {
    orders.add(new Order.Follow(id, fromStart));
  }

  /// Hands on the rest of an instance's output and forgets it.
  ///
  /// @param id which instance
  public void finish(InstanceId id) {
    orders.add(new Order.Finish(id));
  }

  /// Hands on what is left of all, then ends.
  @Override
  public void close() {
    orders.add(new Order.Close());
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var followed = new LinkedHashMap<InstanceId, FollowedLog>();
    try {
      while (apply(orders.poll(interval.toNanos(), TimeUnit.NANOSECONDS), followed)) {
        for (var each : followed.values()) {
          attempt(() -> each.read(sink));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    followed.values().forEach(each -> attempt(() -> each.finish(sink)));
  }

  private boolean apply(@Nullable Order order, Map<InstanceId, FollowedLog> followed) {
    return switch (order) {
      case null -> true;
      case Order.Follow(var id, var fromStart) -> {
        var file = folder.resolve(id + ".log");
        followed.computeIfAbsent(id, _ -> new FollowedLog(id, file, fromStart ? 0 : sizeOf(file)));
        yield true;
      }
      case Order.Finish(var id) -> {
        var last = followed.remove(id);
        if (last != null) {
          attempt(() -> last.finish(sink));
        }
        yield true;
      }
      case Order.Close() -> false;
    };
  }

  private static long sizeOf(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  private interface Reading {
    void run() throws IOException;
  }

  private static void attempt(Reading reading) {
    try {
      reading.run();
    } catch (IOException | UncheckedIOException e) {
      log.debug("Cannot read the output of a process", e);
    }
  }
}
