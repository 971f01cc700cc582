package dev.myelin.stream;

import java.lang.reflect.Type;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A `java.util.stream.Stream`.
final class JavaStreamForm implements StreamForm {

  private static final int WINDOW = 32;

  @Override
  public @Nullable Type itemType() {
    return null;
  }

  @Override
  public Source source(@Nullable Object result) {
    return new Source(
        Presence.of(result),
        new PulledPublisher(result == null ? Pull.nothing() : Pull.of((Stream<?>) result)));
  }

  @Override
  public @Nullable Object received(RemoteStream remote) throws Throwable {
    var queue = new ItemQueue(WINDOW);
    if (!Presence.in(remote.open(queue))) {
      return null;
    }
    var items = new Items(queue);
    Abandoned.watch(items, queue);
    return StreamSupport.stream(items, false).onClose(queue::cancel);
  }

  /// The items, read on the thread that asks for them.
  private static final class Items extends Spliterators.AbstractSpliterator<@Nullable Object> {

    private final ItemQueue queue;

    Items(ItemQueue queue) {
      super(Long.MAX_VALUE, Spliterator.ORDERED);
      this.queue = queue;
    }

    @Override
    public boolean tryAdvance(Consumer<? super @Nullable Object> action) {
      var item = take();
      if (Pull.ended(item)) {
        return false;
      }
      action.accept(item);
      return true;
    }

    private @Nullable Object take() {
      try {
        return queue.take();
      } catch (Throwable e) {
        throw Items.<RuntimeException>asItself(e);
      }
    }

    // the host's exception may be a checked one, which no method of a stream declares
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException asItself(Throwable failure) throws T {
      throw (T) failure;
    }
  }
}
