package dev.myelin.server;

import dev.myelin.Deadline;
import dev.myelin.transport.Connection;
import dev.myelin.transport.Sweeper;
import dev.myelin.wire.Frame;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The calls that run or wait, by their connection. Thread-safe; each connection's calls are added
/// by one thread.
///
/// Bounds what a caller can make the process keep: the number of its open calls and streams, and
/// the bytes of the arguments of all that have more than a few.
final class RunningCalls {

  /// Arguments up to this size are not counted: the number of calls bounds them.
  private static final int UNCOUNTED = 4 * 1024;

  private final Map<Connection, Map<Long, ServedCall>> calls = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AdmissionSettings.Bounds bounds;

  RunningCalls(AdmissionSettings.Bounds bounds) {
    this.bounds = bounds;
  }

  void opened(Connection connection) {
    calls.put(connection, new ConcurrentHashMap<>());
  }

  /// Stops the work that came by a connection.
  void closed(Connection connection) {
    var ended = calls.remove(connection);
    if (ended != null) {
      ended.values().forEach(ServedCall::cancel);
    }
  }

  Set<Connection> connections() {
    return calls.keySet();
  }

  /// The open calls of a connection; null if it has ended.
  @Nullable Map<Long, ServedCall> of(Connection connection) {
    return calls.get(connection);
  }

  @Nullable ServedCall find(Connection connection, long id) {
    var open = calls.get(connection);
    return open == null ? null : open.get(id);
  }

  /// Takes a place for a call; [#leave] gives it back.
  ///
  /// @return why there is none; null if there is
  @Nullable String enter(Map<Long, ServedCall> open, Frame.Call call) {
    if (open.size() >= bounds.callsPerConnection()) {
      return "%,d calls and streams are open on this connection, the limit that 'myelin.wire.max-streams' sets"
          .formatted(open.size());
    }
    int length = counted(call);
    if (length > 0 && bytes.addAndGet(length) > bounds.argumentBytes()) {
      long others = bytes.addAndGet(-length);
      return "the arguments of the calls that run or wait here take %,d bytes; with these %,d it would be more than %,d"
          .formatted(others, length, bounds.argumentBytes());
    }
    return null;
  }

  void leave(Frame.Call call) {
    int length = counted(call);
    if (length > 0) {
      bytes.addAndGet(-length);
    }
  }

  private static int counted(Frame.Call call) {
    int length = call.arguments().length();
    return length > UNCOUNTED ? length : 0;
  }

  /// Bytes of arguments that are counted now.
  long bytes() {
    return bytes.get();
  }

  /// Does something with each call.
  void forEach(Consumer<ServedCall> action) {
    calls.values().forEach(open -> open.values().forEach(action));
  }

  /// Whether any of the application's calls is open.
  boolean busy() {
    return calls.values().stream()
        .flatMap(open -> open.values().stream())
        .anyMatch(call -> !call.operation().service().platform());
  }

  /// Stops what has passed its deadline, again and again until it has ended.
  ///
  /// @return the earliest deadline of all that have one; null if none has
  @Nullable Deadline sweep() {
    Deadline earliest = null;
    for (var open : calls.values()) {
      for (var call : open.values()) {
        var due = call.due();
        if (due != null && due.expired()) {
          call.cancel();
        }
        earliest = Sweeper.earlier(earliest, due);
      }
    }
    return earliest;
  }
}
