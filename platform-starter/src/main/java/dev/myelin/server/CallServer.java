package dev.myelin.server;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.transport.Connection;
import dev.myelin.transport.FrameListener;
import dev.myelin.transport.Sweeper;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import dev.myelin.wire.ServiceLoad;
import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.ThrowableCodec;
import dev.myelin.wire.json.WireJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Serves the hosted services to whoever connects. Thread-safe.
///
/// Frames come on the transport's thread, which is never blocked: each call runs on a virtual
/// thread of its own. A call is refused, so that its caller can go elsewhere, while the process
/// drains and when its service has no place left.
public final class CallServer implements FrameListener {

  private static final Logger LOG = LoggerFactory.getLogger(CallServer.class);
  private static final Duration FAREWELL_LIMIT = Duration.ofMillis(500);

  private final OperationTable operations;
  private final Codec codec;
  private final ServerFormats formats;
  private final RunningCalls running;
  private final Sweeper.Watch deadlines;
  private final Departure departure = new Departure();
  private final DrainTally tally = new DrainTally();

  /// Prepares the services' codecs; beans are asked for at their first call.
  ///
  /// @param beans the hosted services
  /// @param encoding of arguments, results and exceptions
  /// @param json the application's mapper, for calls that carry JSON
  /// @param sweeper ends calls at their deadlines
  public CallServer(HostedServices beans, Encoding encoding, JsonMapper json, Sweeper sweeper) {
    this(beans, encoding, json, sweeper, AdmissionSettings.defaults());
  }

  /// Prepares the services' codecs; beans are asked for at their first call.
  ///
  /// @param beans the hosted services
  /// @param encoding of arguments, results and exceptions
  /// @param json the application's mapper, for calls that carry JSON
  /// @param sweeper ends calls at their deadlines
  /// @param admission how many calls wait, and how long
  public CallServer(
      HostedServices beans,
      Encoding encoding,
      JsonMapper json,
      Sweeper sweeper,
      AdmissionSettings admission) {
    this.codec = encoding.codec();
    this.running = new RunningCalls(admission.bounds());
    this.formats =
        new ServerFormats(
            encoding.throwables(),
            new JsonBinding(json),
            encoding.maxFrame(),
            encoding.surroundings());
    this.operations = new OperationTable(beans, codec, admission);
    // the server lives as long as the process, and so does the watch
    this.deadlines = sweeper.watch(running::sweep);
  }

  /// The formats of a process's calls.
  ///
  /// @param codec of arguments and results
  /// @param throwables of what operations throw
  /// @param maxFrame most bytes of a result
  /// @param surroundings of each call
  public record Encoding(
      Codec codec, ThrowableCodec throwables, int maxFrame, CallSurroundings surroundings) {}

  /// What to say of the hosted services in a hello.
  public List<Frame.HostedService> hosted() {
    return operations.hosted();
  }

  /// Load of each hosted service of the application; mean latencies are those since the last call
  /// of this method.
  public List<ServiceLoad> loads() {
    return operations.loads();
  }

  /// Takes no new calls of the application's services from now on, and says so to every connected
  /// caller; waits for those in flight, then for the callers to acknowledge that they send none any
  /// more, so that none is cut by the end of its connection. Callers that do not answer are waited
  /// for only shortly, and new ones are not taken any more then.
  ///
  /// @param limit what still runs then is cancelled, and its callers are told
  /// @return whether all ended by themselves
  /// @throws InterruptedException if the thread is interrupted
  public boolean drain(Duration limit) throws InterruptedException {
    departure.drain();
    int connected = running.connections().size();
    running.connections().forEach(connection -> sendQuietly(connection, new Frame.Drain()));
    boolean idle = departure.await(() -> inFlight() == 0 && !running.busy(), limit);
    if (!idle) {
      LOG.warn("drain cancels what still runs inFlight={} limit={}", inFlight(), limit);
      // first those that have not begun: a permit that becomes free now must not let one begin
      evict(call -> !call.begun());
      evict(_ -> true);
    }
    // either this sees a connection that opens now, or it is closed before its hello
    departure.close();
    if (!departure.await(() -> departure.farewellFrom(running.connections()), FAREWELL_LIMIT)) {
      LOG.info("drain does not wait for callers that do not acknowledge it");
    }
    tally.told(connected, departure.farewells());
    return idle;
  }

  /// What became of the application's calls since the drain began; complete when it is over.
  public DrainTally.Drained drained() {
    return tally.drained();
  }

  private void evict(Predicate<ServedCall> which) {
    running.forEach(call -> {
      if (!call.operation().service().platform() && which.test(call)) {
        tally.evicted(call.evict());
      }
    });
  }

  /// Calls of the application's services that run or wait.
  public int inFlight() {
    return operations.inFlight();
  }

  @Override
  public void opened(Connection connection) {
    running.opened(connection);
    if (departure.closed()) {
      running.closed(connection);
      connection.close("the instance is about to end");
    } else if (departure.draining()) {
      sendQuietly(connection, new Frame.Drain());
    }
  }

  @Override
  public void closed(Connection connection, String reason) {
    running.closed(connection);
    departure.gone(connection);
  }

  @Override
  public void received(Connection connection, Frame frame) {
    switch (frame) {
      case Frame.Call call -> accept(connection, call);
      case Frame.Cancel(var id) -> {
        var call = running.find(connection, id);
        if (call != null) {
          call.cancel();
        }
      }
      case Frame.Credit(var id, var items) -> {
        var call = running.find(connection, id);
        if (call != null) {
          call.credit(items);
        }
      }
      case Frame.SchemaRequest(var id, var operation) -> describe(connection, id, operation);
      case Frame.Drain() -> departure.farewell(connection);
      case Frame.Hello _,
          Frame.Reply _,
          Frame.Failure _,
          Frame.Item _,
          Frame.End _,
          Frame.Ping _,
          Frame.Pong _,
          Frame.SchemaReply _ ->
          connection.close(
              "a server cannot take a frame of kind " + frame.getClass().getSimpleName());
    }
  }

  private void accept(Connection connection, Frame.Call call) {
    var calls = running.of(connection);
    if (calls == null) {
      return;
    }
    if (calls.containsKey(call.id())) {
      // the first of the two could neither be cancelled nor reach its deadline any more
      connection.close("call %d was started twice".formatted(call.id()));
      return;
    }
    var operation = operations.find(call.operation());
    if (operation == null) {
      sendQuietly(connection, unknown(call.id(), call.operation()));
      return;
    }
    var refusal = refusal(calls, call, operation);
    if (refusal != null) {
      sendQuietly(connection, refusal);
      return;
    }
    var served = new ServedCall(operation, connection, call, formats, () -> ended(calls, call));
    calls.put(call.id(), served);
    deadlines.expect(served.due());
    if (served.inline()) {
      served.run();
    } else {
      Thread.startVirtualThread(served);
    }
  }

  /// Why a call is not taken; null if it has a place now, which [#ended] gives back.
  private Frame.@Nullable Failure refusal(
      Map<Long, ServedCall> calls, Frame.Call call, ServedOperation operation) {
    if (call.codec() != codec.id() && call.codec() != WireJson.CODEC) {
      return refusal(
          call.id(), Status.INCOMPATIBLE, "format " + call.codec() + " is not known here");
    }
    var tooMuch = running.enter(calls, call);
    if (tooMuch != null) {
      return refusal(call.id(), Status.RESOURCE_EXHAUSTED, tooMuch);
    }
    var entry = operation.enter(call.timeout());
    // either this sees that the instance drains, or the drain sees this call in flight
    boolean draining = departure.draining() && !operation.service().platform();
    if (!draining && entry == Admission.Entry.ADMITTED) {
      return null;
    }
    running.leave(call);
    if (entry == Admission.Entry.ADMITTED) {
      operation.leave();
    }
    if (draining) {
      tally.refused();
    }
    return draining
        ? refusal(call.id(), Status.DRAINING, "the instance takes no new calls")
        : refusal(call.id(), Status.RESOURCE_EXHAUSTED, operation.service().noRoom(entry));
  }

  private void ended(Map<Long, ServedCall> calls, Frame.Call call) {
    var served = calls.get(call.id());
    if (departure.draining() && served != null) {
      tally.ended(served); // before it is gone: the drain waits for that
    }
    calls.remove(call.id());
    running.leave(call);
    departure.changed();
  }

  private void describe(Connection connection, long id, int operation) {
    var served = operations.find(operation);
    sendQuietly(
        connection,
        served == null ? unknown(id, operation) : new Frame.SchemaReply(id, served.description()));
  }

  private static Frame.Failure unknown(long id, int operation) {
    return refusal(id, Status.NOT_FOUND, "no operation has number " + operation);
  }

  private static Frame.Failure refusal(long id, Status status, String detail) {
    return new Frame.Failure(id, status, Execution.DID_NOT_RUN, detail, Payload.EMPTY);
  }

  // a caller that cannot be told learns by the end of the connection
  private static void sendQuietly(Connection connection, Frame frame) {
    try {
      connection.send(frame);
    } catch (CallException e) {
      LOG.debug("a refusal found no way back peer={}", connection.remote(), e);
      connection.close(String.valueOf(e.getMessage()));
    }
  }

  /// Connections of callers that are open.
  public int connections() {
    return running.connections().size();
  }

  /// Whether nothing is kept of any caller: no connection, no call, no byte of arguments.
  public boolean forgotten() {
    return running.connections().isEmpty() && inFlight() == 0 && running.bytes() == 0;
  }
}
