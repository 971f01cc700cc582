package dev.myelin.server;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.context.UnusableContextException;
import dev.myelin.contract.OperationContract;
import dev.myelin.transport.Connection;
import dev.myelin.validation.CarriedViolations;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import dev.myelin.wire.codec.MalformedPayloadException;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.codec.UncarriableValueException;
import dev.myelin.wire.json.WireJson;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call that arrived, on a virtual thread of its own.
///
/// Answers exactly once, unless the caller gave up: then nobody waits, and nothing is sent.
final class ServedCall implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ServedCall.class);

  private final ServedOperation operation;
  private final Connection connection;
  private final Frame.Call call;
  private final ServerFormats formats;
  private final Runnable whenEnded;
  private final Deadline deadline;
  private final Invocation invocation;
  private final long startedAt = System.nanoTime();
  private final AtomicBoolean answered = new AtomicBoolean();
  // holders of the permit: the thread, and a future or stream that outlives it
  private final AtomicInteger holders = new AtomicInteger(1);
  private final boolean inline;
  private volatile boolean opened;
  private volatile boolean permitted;
  private volatile long permittedAt;
  private volatile @Nullable Thread thread;
  private volatile @Nullable ServedFuture future;
  // there from the start: credit may come before the operation has returned its publisher
  private final @Nullable ServedStream stream;

  ServedCall(
      ServedOperation operation,
      Connection connection,
      Frame.Call call,
      ServerFormats formats,
      Runnable whenEnded) {
    this.operation = operation;
    this.connection = connection;
    this.call = call;
    this.formats = formats;
    this.whenEnded = whenEnded;
    this.deadline = Deadline.after(call.timeout());
    this.invocation = new Invocation(operation, deadline, formats.surroundings(), call.context());
    this.stream = streams() ? new ServedStream(this, connection, call.id()) : null;
    // without a permit it would have to wait, which the thread that reads must not
    this.inline =
        operation.contract().inline() && !streams() && operation.service().admission().tryAcquire();
    this.permitted = inline;
    this.permittedAt = inline ? operation.service().admission().now() : 0;
  }

  /// Whether it runs on the thread that read it.
  boolean inline() {
    return inline;
  }

  private boolean streams() {
    return operation.contract().result().kind() == OperationContract.Kind.STREAM;
  }

  ServedOperation operation() {
    return operation;
  }

  // a stream has time to open, and then as long as it takes
  boolean expired() {
    return !opened && deadline.expired();
  }

  /// Says that its stream is open.
  ///
  /// @param header of the stream
  void opened(Payload header) {
    opened = true;
    send(new Frame.Reply(call.id(), header));
  }

  /// Stops the work: nobody waits for its outcome any more.
  void cancel() {
    answered.set(true);
    var running = thread;
    if (running != null) {
      running.interrupt();
    }
    var streaming = stream;
    if (streaming != null) {
      streaming.cancel();
    }
    var later = future;
    if (later != null) {
      later.cancel();
    }
  }

  /// Whether it may run, or has run.
  boolean begun() {
    return permitted || streams();
  }

  /// Stops the work because the instance has no more time for it, and tells the caller.
  void evict() {
    if (answered.compareAndSet(false, true)) {
      // whoever gets its permit after this finds the call answered, and does not begin
      boolean begun = begun();
      invocation.failed(Status.DRAINING);
      send(
          new Frame.Failure(
              call.id(),
              begun ? Status.UNAVAILABLE : Status.DRAINING,
              begun ? Execution.MAY_HAVE_RUN : Execution.DID_NOT_RUN,
              "the instance had no more time for the call before its end",
              Payload.EMPTY));
      count(false);
    }
    cancel();
  }

  /// Passes on that the caller takes more items.
  void credit(int items) {
    var streaming = stream;
    if (streaming != null) {
      streaming.credit(items);
    }
  }

  @Override
  public void run() {
    // whoever cancels the call interrupts its thread, which must not be one that others need
    thread = inline ? null : Thread.currentThread();
    try {
      serve();
    } catch (InterruptedException e) {
      fail(Status.CANCELLED, Execution.MAY_HAVE_RUN, "the call was cancelled while it waited");
    } catch (RuntimeException | StackOverflowError e) {
      // the caller must not wait in vain for what went wrong around the operation
      LOG.error("a call was given up after a defect operation={}", operation, e);
      fail(
          Status.INTERNAL,
          Execution.MAY_HAVE_RUN,
          "'%s' was given up after a defect: %s".formatted(operation, e));
    } finally {
      thread = null;
      letGo();
    }
  }

  private void serve() throws InterruptedException {
    // cancelled before it had a thread that could be interrupted: it must not wait for a permit
    if (answered.get()) {
      return;
    }
    if (!streams() && !permitted) {
      permitted = operation.service().admission().acquire(deadline);
      if (!permitted) {
        waitedTooLong();
        return;
      }
      permittedAt = operation.service().admission().now();
    }
    if (answered.get()) {
      return;
    }
    if (json() && streams()) {
      fail(
          Status.INVALID_ARGUMENT,
          Execution.DID_NOT_RUN,
          "'%s' returns a stream, which JSON cannot carry".formatted(operation));
      return;
    }
    @Nullable Object[] arguments;
    try {
      arguments = readArguments();
    } catch (MalformedPayloadException e) {
      fail(Status.INVALID_ARGUMENT, Execution.DID_NOT_RUN, String.valueOf(e.getMessage()));
      return;
    }
    invoke(arguments);
  }

  private void waitedTooLong() {
    if (deadline.expired()) {
      fail(
          Status.DEADLINE_EXCEEDED,
          Execution.DID_NOT_RUN,
          "the deadline passed while the call waited for a permit");
    } else {
      fail(
          Status.RESOURCE_EXHAUSTED,
          Execution.DID_NOT_RUN,
          "the call waited for a permit as long as calls may");
    }
  }

  private @Nullable Object[] readArguments() {
    return json()
        ? formats.json().read(operation.contract(), call.arguments())
        : operation.readArguments(call.arguments().input());
  }

  private boolean json() {
    return call.codec() == WireJson.CODEC;
  }

  private void invoke(@Nullable Object[] arguments) {
    try {
      var value = invocation.run(arguments);
      switch (operation.contract().result().kind()) {
        case VALUE -> reply(value);
        case FUTURE -> await(value);
        case STREAM -> Objects.requireNonNull(stream).open(value);
      }
    } catch (Invocation.Thrown e) {
      thrown(e.thrown);
    } catch (UnusableContextException e) {
      fail(Status.INVALID_ARGUMENT, Execution.DID_NOT_RUN, String.valueOf(e.getMessage()));
    }
  }

  private void await(@Nullable Object result) {
    var later = ServedFuture.await(this, result);
    future = later;
    // who gave up before found nothing to cancel; what has been answered cannot be cancelled
    if (later != null && answered.get()) {
      later.cancel();
    }
  }

  /// Takes part in the call beside its thread, until [#letGo()].
  void hold() {
    holders.incrementAndGet();
  }

  /// Whether nobody waits for anything any more.
  boolean answered() {
    return answered.get();
  }

  /// Answers with the last frame of a call that did what it should.
  void succeed(Frame last) {
    if (answered.compareAndSet(false, true)) {
      invocation.succeeded();
      send(last);
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
    if (answered.compareAndSet(false, true)) {
      try {
        // whoever has the answer finds the observation ended
        invocation.succeeded();
        connection.send(new Frame.Reply(call.id(), result));
        count(true);
      } catch (CallException e) {
        answered.set(false);
        fail(
            e.status(),
            Execution.RAN,
            "the result of '%s' cannot be sent: %s".formatted(operation, e.getMessage()));
      }
    }
  }

  /// A result or an item as it is sent.
  ///
  /// @throws UncarriableValueException if it cannot be
  Payload encode(@Nullable Object value) {
    if (json()) {
      return formats.json().write(value, operation.contract().result().type());
    }
    var output = new Output(formats.maxFrame());
    operation.writeResult(value, output);
    return Payload.of(output);
  }

  /// Answers with what the operation threw.
  void thrown(Throwable failure) {
    if (!answered.compareAndSet(false, true)) {
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
    if (answered.compareAndSet(false, true)) {
      invocation.failed(status);
      send(new Frame.Failure(call.id(), status, execution, detail, Payload.EMPTY));
      count(false);
    }
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

  /// Takes no part in the call any more; what is over is over with the last one.
  void letGo() {
    if (holders.decrementAndGet() == 0) {
      // without effect where it was answered
      invocation.failed(Status.CANCELLED);
      if (permitted) {
        operation.service().admission().release(permittedAt);
      }
      operation.service().admission().leave();
      whenEnded.run();
    }
  }
}
