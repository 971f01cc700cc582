package dev.myelin.server;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.server.DrainTally.Eviction;
import dev.myelin.transport.Connection;
import dev.myelin.validation.CarriedViolations;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.codec.UncarriableValueException;
import dev.myelin.wire.json.WireJson;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the caller of one call is told, as the frames that tell it. Thread-safe.
///
/// Given exactly once, unless the caller gave up: then nobody waits, and nothing is sent. With it
/// the call's observation ends, and the call is counted.
final class ServedAnswer {

  private static final Logger LOG = LoggerFactory.getLogger(ServedAnswer.class);
  // a flag of each call: an atomic object would be one more to allocate
  private static final VarHandle GIVEN;

  static {
    try {
      GIVEN = MethodHandles.lookup().findVarHandle(ServedAnswer.class, "given", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ServedOperation operation;
  private final Connection connection;
  private final Frame.Call call;
  private final ServerFormats formats;
  private final Invocation invocation;
  private final long startedAt = System.nanoTime();
  private volatile boolean given;

  ServedAnswer(
      ServedOperation operation,
      Connection connection,
      Frame.Call call,
      ServerFormats formats,
      Invocation invocation) {
    this.operation = operation;
    this.connection = connection;
    this.call = call;
    this.formats = formats;
    this.invocation = invocation;
  }

  /// Whether nobody waits for anything any more.
  boolean given() {
    return given;
  }

  /// Nobody waits for the answer any more.
  void forgo() {
    given = true;
  }

  private boolean give() {
    return GIVEN.compareAndSet(this, false, true);
  }

  /// Says that the call's stream is open.
  ///
  /// @param header of the stream
  void opened(Payload header) {
    send(new Frame.Reply(call.id(), header));
  }

  /// Sends an item of the call's stream.
  ///
  /// @throws UncarriableValueException if it cannot be carried
  /// @throws CallException if it cannot be sent
  void item(@Nullable Object value) {
    connection.send(new Frame.Item(call.id(), encode(value)));
  }

  /// Answers that the call's stream has ended as it should.
  void end() {
    if (give()) {
      invocation.succeeded();
      send(new Frame.End(call.id()));
      count(true);
    }
  }

  /// Answers with the result.
  void reply(@Nullable Object value) {
    Payload result;
    try {
      result = encode(value);
    } catch (UncarriableValueException e) {
      fail(
          Status.INVALID_ARGUMENT,
          Execution.RAN,
          "the result of '%s' cannot be carried: %s".formatted(operation, e.getMessage()));
      return;
    }
    if (give()) {
      try {
        // whoever has the answer finds the observation ended
        invocation.succeeded();
        connection.send(new Frame.Reply(call.id(), result));
        count(true);
      } catch (CallException e) {
        given = false;
        fail(
            e.status(),
            Execution.RAN,
            "the result of '%s' cannot be sent: %s".formatted(operation, e.getMessage()));
      }
    }
  }

  // a result or an item
  private Payload encode(@Nullable Object value) {
    if (json()) {
      return formats.json().write(value, operation.contract().result().type());
    }
    var output = new Output(formats.maxFrame());
    operation.writeResult(value, output);
    return Payload.of(output);
  }

  /// Answers with what the operation threw.
  void thrown(Throwable failure) {
    if (!give()) {
      return;
    }
    var output = new Output(formats.maxFrame());
    Payload exception;
    try {
      formats.throwables().write(json() ? failure : CarriedViolations.carried(failure), output);
      exception = Payload.of(output);
    } catch (UncarriableValueException e) {
      LOG.warn("an exception cannot be carried operation={}", operation, e);
      exception = Payload.EMPTY;
    }
    invocation.threw(failure);
    send(
        new Frame.Failure(
            call.id(), Status.FAILED, Execution.RAN, String.valueOf(failure), exception));
    count(false);
  }

  /// Answers that the call failed.
  void fail(Status status, Execution execution, String detail) {
    if (give()) {
      invocation.failed(status);
      send(new Frame.Failure(call.id(), status, execution, detail, Payload.EMPTY));
      count(false);
    }
  }

  /// Answers that the instance had no more time for the call.
  ///
  /// @param begun whether the call may run, or has run; asked once the answer is given
  /// @return what that means for the call
  Eviction evicted(BooleanSupplier begun) {
    if (give()) {
      boolean began = begun.getAsBoolean();
      invocation.failed(Status.DRAINING);
      send(
          new Frame.Failure(
              call.id(),
              began ? Status.UNAVAILABLE : Status.DRAINING,
              began ? Execution.MAY_HAVE_RUN : Execution.DID_NOT_RUN,
              "the instance had no more time for the call before its end",
              Payload.EMPTY));
      count(false);
      return began ? Eviction.CUT : Eviction.SENT_ELSEWHERE;
    }
    return Eviction.ANSWERED;
  }

  private boolean json() {
    return call.codec() == WireJson.CODEC;
  }

  // the caller learns of a broken connection by itself; of a slow one by its deadline
  private void send(Frame frame) {
    try {
      connection.send(frame);
    } catch (CallException e) {
      LOG.debug("an answer found no way back operation={}", operation, e);
    }
  }

  private void count(boolean success) {
    operation.service().vitals().ended(success, System.nanoTime() - startedAt);
  }
}
