package dev.myelin.stream;

import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/// The types of the reactive libraries that Spring knows: Reactor's, RxJava's, Mutiny's. Loaded
/// only where Reactive Streams is on the class path.
final class ReactiveForms {

  private ReactiveForms() {}

  static boolean adapted(Class<?> raw) {
    return raw == Publisher.class || adapter(raw) != null;
  }

  private static @Nullable ReactiveAdapter adapter(Class<?> raw) {
    return ReactiveAdapterRegistry.getSharedInstance().getAdapter(raw);
  }

  static Optional<FutureForm> future(Class<?> raw) {
    var adapter = adapter(raw);
    return adapter == null || raw == Publisher.class || adapter.isMultiValue()
        ? Optional.empty()
        : Optional.of(new Single(adapter));
  }

  static Optional<StreamForm> stream(Class<?> raw) {
    if (raw == Publisher.class) {
      return Optional.of(new Multiple(null));
    }
    var adapter = adapter(raw);
    return adapter == null || !adapter.isMultiValue()
        ? Optional.empty()
        : Optional.of(new Multiple(adapter));
  }

  private static Flow.Publisher<?> flow(@Nullable ReactiveAdapter adapter, Object result) {
    return FlowAdapters.toFlowPublisher(
        adapter == null ? (Publisher<?>) result : adapter.toPublisher(result));
  }

  private static Object reactive(@Nullable ReactiveAdapter adapter, Flow.Publisher<?> publisher) {
    var adapted = FlowAdapters.toPublisher(publisher);
    return adapter == null ? adapted : adapter.fromPublisher(adapted);
  }

  /// A `Mono` and its like: called when it is subscribed to, each time.
  private record Single(ReactiveAdapter adapter) implements FutureForm {

    @Override
    public CompletionStage<?> future(Object result) {
      var later = new FirstItem();
      subscribe(flow(adapter, result), later);
      return later;
    }

    @Override
    public Object received(Supplier<CompletableFuture<@Nullable Object>> call) {
      return reactive(adapter, new FuturePublisher(call));
    }
  }

  @SuppressWarnings(
      "unchecked") // a subscriber to anything may subscribe to a publisher of something
  private static void subscribe(Flow.Publisher<?> publisher, Flow.Subscriber<Object> subscriber) {
    ((Flow.Publisher<Object>) publisher).subscribe(subscriber);
  }

  /// A `Flux` and its like.
  ///
  /// @param adapter null for a bare `Publisher`
  private record Multiple(@Nullable ReactiveAdapter adapter) implements StreamForm {

    @Override
    public @Nullable Type itemType() {
      return null;
    }

    @Override
    public Source source(@Nullable Object result) {
      return PublisherForm.source(result == null ? null : flow(adapter, result));
    }

    @Override
    public Object received(RemoteStream remote) {
      return reactive(adapter, remote.publisher());
    }
  }
}
