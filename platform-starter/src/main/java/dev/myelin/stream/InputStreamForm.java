package dev.myelin.stream;

import java.io.InputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// An `InputStream`.
final class InputStreamForm implements StreamForm {

  /// Most pieces that wait for their reader.
  static final int WINDOW = 16;

  @Override
  public Type itemType() {
    return byte[].class;
  }

  @Override
  public Source source(@Nullable Object result) {
    return new Source(
        Presence.of(result),
        new PulledPublisher(result == null ? Pull.nothing() : Pull.of((InputStream) result)));
  }

  @Override
  public @Nullable Object received(RemoteStream remote) throws Throwable {
    var queue = new ItemQueue(WINDOW);
    return Presence.in(remote.open(queue)) ? new ReceivedBytes(queue) : null;
  }
}
