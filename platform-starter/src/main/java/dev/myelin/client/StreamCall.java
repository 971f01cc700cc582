package dev.myelin.client;

import dev.myelin.stream.RemoteStream;
import dev.myelin.transport.IoThread;
import dev.myelin.wire.Payload;
import java.util.concurrent.Flow;

/// Calls of an operation whose result is a stream.
///
/// @param loop makes the calls
/// @param channels where they can go
/// @param request the call
record StreamCall(CallLoop loop, Channels channels, Request request) implements RemoteStream {

  @Override
  public Flow.Publisher<Object> publisher() {
    return subscriber -> Thread.startVirtualThread(stream(subscriber));
  }

  @SuppressWarnings("unchecked") // the declared type of the items fixes that of the subscriber
  private ClientStream stream(Flow.Subscriber<?> subscriber) {
    return new ClientStream(
        loop.begin(request), loop, channels, (Flow.Subscriber<Object>) subscriber);
  }

  @Override
  public Payload open(Flow.Subscriber<Object> subscriber) throws Throwable {
    if (IoThread.current()) {
      throw new IllegalStateException(
          "'%s' of service '%s' was called on a thread that reads the network and must not wait for the stream to open"
              .formatted(request.operation(), loop.service()));
    }
    var stream = stream(subscriber);
    Thread.startVirtualThread(stream);
    return stream.awaitOpened();
  }
}
