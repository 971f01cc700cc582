package dev.myelin.stream;

import dev.myelin.wire.Payload;
import java.util.concurrent.Flow;

/// A stream at its host, not called yet.
public interface RemoteStream {

  /// Calls the operation at each subscription.
  Flow.Publisher<Object> publisher();

  /// Calls the operation, and waits until its stream is open.
  ///
  /// @param subscriber gets the items
  /// @return the header of the stream
  /// @throws Throwable what the operation threw, or that the call failed
  Payload open(Flow.Subscriber<Object> subscriber) throws Throwable;
}
