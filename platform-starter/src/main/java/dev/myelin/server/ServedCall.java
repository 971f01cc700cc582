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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
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
  private volatile boolean permitted;
  private volatile long permittedAt;
  private volatile @Nullable Thread thread;
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
    this.stream = streams() ? new ServedStream(this) : null;
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

  boolean expired() {
    return deadline.expired();
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
        case FUTURE -> replyLater((CompletionStage<?>) value);
        case STREAM -> open((Flow.Publisher<?>) value);
      }
    } catch (Invocation.Thrown e) {
      thrown(e.thrown);
    } catch (UnusableContextException e) {
      fail(Status.INVALID_ARGUMENT, Execution.DID_NOT_RUN, String.valueOf(e.getMessage()));
    }
  }

  private void replyLater(@Nullable CompletionStage<?> stage) {
    if (stage == null) {
      thrown(
          new NullPointerException(
              "operation '%s' returned null instead of a future".formatted(operation)));
      return;
    }
    holders.incrementAndGet();
    var _ =
        stage.whenComplete((value, failure) -> {
          if (failure == null) {
            reply(value);
          } else {
            thrown(
                failure instanceof CompletionException && failure.getCause() != null
                    ? failure.getCause()
                    : failure);
          }
          letGo();
        });
  }

  private void open(Flow.@Nullable Publisher<?> publisher) {
    if (publisher == null) {
      thrown(
          new NullPointerException(
              "operation '%s' returned null instead of a publisher".formatted(operation)));
      return;
    }
    holders.incrementAndGet();
    subscribe(publisher, Objects.requireNonNull(stream));
  }

  @SuppressWarnings(
      "unchecked") // a subscriber to anything may subscribe to a publisher of something
  private static void subscribe(Flow.Publisher<?> publisher, ServedStream to) {
    ((Flow.Publisher<Object>) publisher).subscribe(to);
  }

  /// Sends an item of the stream.
  void item(Object value) {
    if (answered.get()) {
      return;
    }
    try {
      connection.send(new Frame.Item(call.id(), encode(value)));
    } catch (UncarriableValueException | CallException e) {
      fail(Status.INVALID_ARGUMENT, Execution.RAN, "an item cannot be sent: " + e.getMessage());
      cancel();
    }
  }

  /// Ends the stream.
  void end(@Nullable Throwable failure) {
    if (failure != null) {
      thrown(failure);
    } else if (answered.compareAndSet(false, true)) {
      invocation.succeeded();
      send(new Frame.End(call.id()));
      count(true);
    }
    letGo();
  }

  /// Ends the stream because the subscriber is gone.
  void abandoned() {
    letGo();
  }

  private void reply(@Nullable Object value) {
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

  private Payload encode(@Nullable Object value) {
    if (json()) {
      return formats.json().write(value, operation.contract().result().type());
    }
    var output = new Output(formats.maxFrame());
    operation.writeResult(value, output);
    return Payload.of(output);
  }

  private void thrown(Throwable failure) {
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

  private void fail(Status status, Execution execution, String detail) {
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

  private void letGo() {
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
