package dev.myelin.topic;

import dev.myelin.Delivery;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A method that takes the events of a topic.
///
/// @param name names it in logs: its bean and itself
/// @param topic name of the topic
/// @param group where it belongs
/// @param concurrency events that it takes at a time
/// @param type type of the events
/// @param call calls it
public record SubscriberMethod(
    String name, String topic, Group group, int concurrency, Type type, Call call) {

  /// A group of subscribers.
  ///
  /// @param name its name
  /// @param lasting whether it stays while none of its members runs
  public record Group(String name, boolean lasting) {}

  /// Calls a method.
  @FunctionalInterface
  public interface Call {

    /// Calls it.
    ///
    /// @param event the event
    /// @param delivery how it came
    /// @return what it returned
    /// @throws Exception what it throws
    @Nullable Object invoke(Object event, Delivery delivery) throws Exception;
  }

  /// Hands over an event and waits until it is handled.
  ///
  /// @throws Exception what the method throws, or what its stage fails with
  void handle(Object event, Delivery delivery) throws Exception {
    if (call.invoke(event, delivery) instanceof CompletionStage<?> stage) {
      try {
        stage.toCompletableFuture().get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw e;
      }
    }
  }
}
