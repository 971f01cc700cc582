package dev.myelin.stream;

import dev.myelin.wire.Payload;
import java.lang.reflect.Type;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// A `Flow.Publisher`.
final class PublisherForm implements StreamForm {

  @Override
  public @Nullable Type itemType() {
    return null;
  }

  @Override
  public Source source(@Nullable Object result) {
    return source((Flow.Publisher<?>) result);
  }

  /// What to send of a publisher.
  static Source source(Flow.@Nullable Publisher<?> publisher) {
    if (publisher == null) {
      throw new NullPointerException("the operation returned null instead of a publisher");
    }
    return new Source(Payload.EMPTY, publisher);
  }

  @Override
  public Object received(RemoteStream remote) {
    return remote.publisher();
  }
}
