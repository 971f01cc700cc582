package dev.myelin.stream;

import dev.myelin.wire.Payload;
import java.lang.reflect.Type;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// A declared type that holds any number of values. Immutable.
public interface StreamForm {

  /// What the items are where the type does not say it by its type argument; null where it does.
  @Nullable Type itemType();

  /// At the host: what to send of what an operation returned.
  ///
  /// @param result what it returned
  /// @throws Exception if it cannot be opened; takes the place of the operation's own
  Source source(@Nullable Object result) throws Exception;

  /// At the caller: what the operation returns there.
  ///
  /// @param remote the stream at the host
  /// @throws Throwable what the operation threw, if the type has to be opened at once
  @Nullable Object received(RemoteStream remote) throws Throwable;

  /// What is sent.
  ///
  /// @param header of the stream, sent as soon as it is open
  /// @param items its items; only what is asked for is sent
  record Source(Payload header, Flow.Publisher<?> items) {}
}
