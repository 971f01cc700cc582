package dev.myelin.client;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.transport.Connection;
import dev.myelin.transport.FrameListener;
import dev.myelin.transport.Sweeper;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import dev.myelin.wire.ServiceNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The calls in flight on one connection. Thread-safe.
///
/// Every call that was started ends exactly once: by its last frame, at its deadline, by a cancel,
/// or with the connection. When the peer drains, no call of the application starts here any more,
/// and once the last one has ended the peer is told so: it need not fear then that one is on its
/// way. When only the connection is about to end, the same holds for it, and it is closed after the
/// last call.
final class CallChannel implements FrameListener {

  private final Map<Long, PendingCall> pending = new ConcurrentHashMap<>();
  private final Map<ClientOperation, RemoteOperation> resolved = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicBoolean saidFarewell = new AtomicBoolean();
  private final String build;
  private final Sweeper.Watch deadlines;
  private final Runnable whenClosed;
  private volatile Map<String, Map<String, Hosted>> hosted = Map.of();
  private volatile @Nullable Connection connection;
  private volatile boolean draining;
  private volatile boolean ending;
  private volatile boolean closed;

  /// Number and signature of an operation at the peer.
  record Hosted(int index, long signature) {}

  /// Creates one.
  ///
  /// @param build what this process was built from
  /// @param deadlines is told of each call's
  /// @param whenClosed runs once the connection has ended
  CallChannel(String build, Sweeper.Watch deadlines, Runnable whenClosed) {
    this.build = build;
    this.deadlines = deadlines;
    this.whenClosed = whenClosed;
  }

  Connection connection() {
    return Objects.requireNonNull(connection, "the channel is not open yet");
  }

  /// What the two sides were built from, for messages.
  String builds() {
    return "caller of build %s, instance of build %s".formatted(build, connection().peer().build());
  }

  /// Whether new calls may start here.
  boolean usable() {
    return !closed && !draining && !ending;
  }

  boolean draining() {
    return draining;
  }

  boolean closed() {
    return closed;
  }

  /// Operations that the peer hosts for a service, by key; null if it does not host the service.
  @Nullable Map<String, Hosted> hosted(String service) {
    return hosted.get(service);
  }

  /// What was worked out for an operation on this connection, if that was done already.
  @Nullable RemoteOperation resolved(ClientOperation operation) {
    return resolved.get(operation);
  }

  void resolved(ClientOperation operation, RemoteOperation remote) {
    resolved.put(operation, remote);
  }

  /// Sends a call.
  ///
  /// @return its number
  /// @throws CallException that it did not run, if it could not be sent
  long start(RemoteOperation remote, Request request, Deadline deadline, PendingCall call) {
    var arguments = request.encode(remote);
    return register(
        call,
        ServiceNames.reserved(request.service()),
        id ->
            new Frame.Call(
                id,
                remote.index(),
                request.codec(),
                deadline.remaining(),
                request.context(),
                arguments));
  }

  /// Asks for an operation's schemas and waits for them.
  Outcome schemas(int operation, Deadline deadline) throws InterruptedException {
    var reply = new PendingReply(deadline);
    register(reply, false, id -> new Frame.SchemaRequest(id, operation));
    return reply.await();
  }

  private long register(PendingCall call, boolean platform, LongFunction<Frame> frame) {
    long id = ids.incrementAndGet();
    pending.put(id, call);
    deadlines.expect(call.due());
    // either this sees that the peer drains, or the farewell sees this call; the platform's own
    // services are served to the end. The same of a connection that is left
    if ((draining && !platform) || ending) {
      var _ = remove(id, call);
      throw new CallException(
          Status.DRAINING,
          Execution.DID_NOT_RUN,
          connection().remote() + (ending ? " ends this connection" : " is draining"));
    }
    try {
      connection().send(frame.apply(id));
    } catch (CallException e) {
      var _ = remove(id, call);
      throw e;
    }
    // the connection may have ended between the send and the look of closed() at the map; what it
    // did not take with it, it has reported as unsent before
    if (closed && remove(id, call)) {
      call.lost(lostWith("the connection was closed"));
    }
    return id;
  }

  private boolean remove(long id, PendingCall call) {
    boolean removed = pending.remove(id, call);
    settle();
    return removed;
  }

  private void settle() {
    if (draining && pending.isEmpty() && saidFarewell.compareAndSet(false, true)) {
      sendQuietly(new Frame.Drain());
    }
    if (ending && pending.isEmpty()) {
      connection().leave("the way of this connection ends");
    }
  }

  /// Gives up a call: its caller no longer waits.
  void cancel(long id) {
    if (pending.remove(id) != null) {
      sendQuietly(new Frame.Cancel(id));
      settle();
    }
  }

  /// Allows the peer to send more items of a stream.
  void credit(long id, int items) {
    sendQuietly(new Frame.Credit(id, items));
  }

  // cancels and credits are about calls that end by themselves when the connection is gone
  private void sendQuietly(Frame frame) {
    if (!closed) {
      try {
        connection().send(frame);
      } catch (CallException e) {
        connection().close(String.valueOf(e.getMessage()));
      }
    }
  }

  /// Ends the calls whose deadline has passed.
  ///
  /// @return the earliest one of the others; null if none has one
  @Nullable Deadline sweep() {
    Deadline earliest = null;
    for (var each : pending.entrySet()) {
      var due = each.getValue().due();
      if (due == null || !due.expired()) {
        earliest = Sweeper.earlier(earliest, due);
      } else {
        expire(each.getKey(), each.getValue());
      }
    }
    return earliest;
  }

  private void expire(long id, PendingCall call) {
    if (pending.remove(id, call)) {
      call.lost(
          Outcome.Failed.mayHaveRun(Status.DEADLINE_EXCEEDED, "no reply before the deadline"));
      sendQuietly(new Frame.Cancel(id));
      settle();
    }
  }

  @Override
  public void opened(Connection opened) {
    connection = opened;
    var table = new HashMap<String, Map<String, Hosted>>();
    int index = 0;
    for (var service : opened.peer().services()) {
      var operations = new HashMap<String, Hosted>();
      for (var operation : service.operations()) {
        operations.put(operation.key(), new Hosted(index++, operation.signature()));
      }
      table.put(service.name(), Map.copyOf(operations));
    }
    hosted = Map.copyOf(table);
  }

  @Override
  public void received(Connection from, Frame frame) {
    switch (frame) {
      case Frame.Reply(var id, _) -> deliver(from, id, frame);
      case Frame.Failure failure -> deliver(from, failure.id(), frame);
      case Frame.Item(var id, _) -> deliver(from, id, frame);
      case Frame.End(var id) -> deliver(from, id, frame);
      case Frame.SchemaReply(var id, _) -> deliver(from, id, frame);
      case Frame.Drain() -> {
        draining = true;
        settle();
      }
      case Frame.Hello _,
          Frame.Call _,
          Frame.Cancel _,
          Frame.Credit _,
          Frame.Ping _,
          Frame.Pong _,
          Frame.SchemaRequest _ ->
          from.close("a caller cannot take a frame of kind " + frame.getClass().getSimpleName());
    }
  }

  @Override
  public void ending(Connection connection) {
    ending = true;
    settle();
  }

  private void deliver(Connection from, long id, Frame frame) {
    var call = pending.get(id);
    try {
      // null: the caller gave up in the meantime
      if (call != null && call.received(frame)) {
        var _ = remove(id, call);
      }
    } catch (UnexpectedFrameException e) {
      from.close(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void unsent(Connection from, Frame frame) {
    switch (frame) {
      case Frame.Call call -> unsent(call.id());
      case Frame.SchemaRequest(var id, _) -> unsent(id);
      case Frame.Cancel _,
          Frame.Credit _,
          Frame.Ping _,
          Frame.Pong _,
          Frame.Drain _,
          Frame.Hello _,
          Frame.Reply _,
          Frame.Failure _,
          Frame.Item _,
          Frame.End _,
          Frame.SchemaReply _ -> {}
    }
  }

  private void unsent(long id) {
    var call = pending.remove(id);
    if (call != null) {
      call.lost(
          Outcome.Failed.didNotRun(
              Status.UNAVAILABLE, "the connection ended before the call was sent"));
    }
  }

  @Override
  public void closed(Connection ended, String reason) {
    closed = true;
    whenClosed.run();
    pending.forEach((id, call) -> {
      if (pending.remove(id, call)) {
        call.lost(lostWith(reason));
      }
    });
  }

  private static Outcome.Failed lostWith(String reason) {
    return new Outcome.Failed(Status.UNAVAILABLE, Execution.MAY_HAVE_RUN, reason, Payload.EMPTY);
  }
}
