package dev.myelin.server;

import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.context.UnusableContextException;
import dev.myelin.server.DrainTally.Eviction;
import dev.myelin.transport.Connection;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import dev.myelin.wire.codec.MalformedPayloadException;
import dev.myelin.wire.json.WireJson;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one call that arrived, on a virtual thread of its own: it waits for its permit,
/// runs, and ends with its outcome, its deadline or its caller. What the caller is told is in its
/// [ServedAnswer].
final class ServedCall implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ServedCall.class);

  private final ServedOperation operation;
  private final Frame.Call call;
  private final ServerFormats formats;
  private final Runnable whenEnded;
  private final Deadline deadline;
  private final Invocation invocation;
  private final ServedAnswer answer;
  // holders of the permit: the thread, and a future or stream that outlives it
  private final AtomicInteger holders = new AtomicInteger(1);
  private final boolean inline;
  private volatile boolean opened;
  private volatile boolean permitted;
  private volatile long permittedAt;
  private volatile boolean evicted;
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
    this.call = call;
    this.formats = formats;
    this.whenEnded = whenEnded;
    this.deadline = Deadline.after(call.timeout());
    this.invocation = new Invocation(operation, deadline, formats.surroundings(), call.context());
    this.answer = new ServedAnswer(operation, connection, call, formats, invocation);
    this.stream = streams() ? new ServedStream(this, answer) : null;
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
    return operation.streams();
  }

  ServedOperation operation() {
    return operation;
  }

  /// What its caller is told.
  ServedAnswer answer() {
    return answer;
  }

  /// When it has to have ended; null for a stream that has opened in time, which then takes as long
  /// as it does.
  @Nullable Deadline due() {
    return opened ? null : deadline;
  }

  /// Says that its stream is open.
  ///
  /// @param header of the stream
  void opened(Payload header) {
    opened = true;
    answer.opened(header);
  }

  /// Stops the work: nobody waits for its outcome any more.
  void cancel() {
    answer.forgo();
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
  ///
  /// @return what that means for the call
  Eviction evict() {
    // whoever gets its permit after the answer finds it given, and does not begin
    var eviction = answer.evicted(this::begun);
    if (eviction != Eviction.ANSWERED) {
      evicted = true;
    }
    cancel();
    return eviction;
  }

  /// Whether it was stopped by [#evict].
  boolean evicted() {
    return evicted;
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
      answer.fail(
          Status.CANCELLED, Execution.MAY_HAVE_RUN, "the call was cancelled while it waited");
    } catch (RuntimeException | StackOverflowError e) {
      // the caller must not wait in vain for what went wrong around the operation
      LOG.error("a call was given up after a defect operation={}", operation, e);
      answer.fail(
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
    if (answer.given()) {
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
    if (answer.given()) {
      return;
    }
    if (json() && streams()) {
      answer.fail(
          Status.INVALID_ARGUMENT,
          Execution.DID_NOT_RUN,
          "'%s' returns a stream, which JSON cannot carry".formatted(operation));
      return;
    }
    @Nullable Object[] arguments;
    try {
      arguments = readArguments();
    } catch (MalformedPayloadException e) {
      answer.fail(Status.INVALID_ARGUMENT, Execution.DID_NOT_RUN, String.valueOf(e.getMessage()));
      return;
    }
    invoke(arguments);
  }

  private void waitedTooLong() {
    if (deadline.expired()) {
      answer.fail(
          Status.DEADLINE_EXCEEDED,
          Execution.DID_NOT_RUN,
          "the deadline passed while the call waited for a permit");
    } else {
      answer.fail(
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
        case VALUE -> answer.reply(value);
        case FUTURE -> await(value);
        case STREAM -> Objects.requireNonNull(stream).open(value);
      }
    } catch (Invocation.Thrown e) {
      answer.thrown(e.thrown);
    } catch (UnusableContextException e) {
      answer.fail(Status.INVALID_ARGUMENT, Execution.DID_NOT_RUN, String.valueOf(e.getMessage()));
    }
  }

  private void await(@Nullable Object result) {
    var later = ServedFuture.await(this, result);
    future = later;
    // who gave up before found nothing to cancel; what has been answered cannot be cancelled
    if (later != null && answer.given()) {
      later.cancel();
    }
  }

  /// Takes part in the call beside its thread, until [#letGo()].
  void hold() {
    holders.incrementAndGet();
  }

  /// Takes no part in the call any more; what is over is over with the last one.
  void letGo() {
    if (holders.decrementAndGet() == 0) {
      // without effect where it was answered
      invocation.failed(Status.CANCELLED);
      if (permitted) {
        operation.service().admission().release(permittedAt);
      }
      operation.leave();
      whenEnded.run();
    }
  }
}
