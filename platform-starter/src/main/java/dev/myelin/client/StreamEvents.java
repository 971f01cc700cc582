package dev.myelin.client;

import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// What has happened to one stream and waits for the thread that tells its subscriber: frames of
/// the sender, and what the subscriber asked for. Thread-safe; only the taking thread waits.
///
/// Never holds more items than were granted: a sender that sends more is refused by the thread that
/// reads.
final class StreamEvents {

  private final LinkedBlockingQueue<Event> queue = new LinkedBlockingQueue<>();
  // items that were granted and have not come, and whether the header has
  private final AtomicInteger awaited = new AtomicInteger();
  private final AtomicBoolean headed = new AtomicBoolean();

  sealed interface Event {
    record Opened(Payload header) implements Event {}

    record Next(Payload value) implements Event {}

    record Requested(long items) implements Event {}

    record Completed() implements Event {}

    record Failed(Outcome.Failed failure, boolean lost) implements Event {}

    record Refused(Throwable cause) implements Event {}
  }

  /// The next event, waiting for it.
  Event take() throws InterruptedException {
    return queue.take();
  }

  /// Adds what did not come by a frame.
  void add(Event event) {
    queue.add(event);
  }

  /// The sender is about to be allowed more items.
  void granted(int items) {
    awaited.addAndGet(items);
  }

  /// The stream is asked of another sender, which was granted nothing yet.
  void restart() {
    awaited.set(0);
    headed.set(false);
  }

  /// Adds what a frame of the stream says.
  ///
  /// @return whether it was the last one
  /// @throws UnexpectedFrameException if the sender may not send it
  boolean received(Frame frame) {
    return switch (frame) {
      case Frame.Reply(_, var header) -> {
        if (!headed.compareAndSet(false, true)) {
          throw new UnexpectedFrameException(frame, "an item or the end of a stream");
        }
        queue.add(new Event.Opened(header));
        yield false;
      }
      case Frame.Item(_, var value) -> {
        // here and not where the subscriber takes it: until then it would be kept
        if (awaited.decrementAndGet() < 0) {
          throw UnexpectedFrameException.withoutCredit();
        }
        queue.add(new Event.Next(value));
        yield false;
      }
      case Frame.Failure(_, var status, var execution, var detail, var exception) -> {
        queue.add(
            new Event.Failed(new Outcome.Failed(status, execution, detail, exception), false));
        yield true;
      }
      case Frame.End _ -> {
        queue.add(new Event.Completed());
        yield true;
      }
      default -> throw new UnexpectedFrameException(frame, "an item or the end of a stream");
    };
  }
}
