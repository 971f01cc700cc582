package dev.myelin.autoconfigure;

import dev.myelin.membership.SerialScheduler;
import dev.myelin.topic.EventFormat;
import dev.myelin.topic.Subscriber;
import dev.myelin.topic.SubscriberMethod;
import dev.myelin.topic.TopicObservations;
import dev.myelin.topic.TopicSettings;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Topics;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;

/// Subscribes the annotated methods for as long as the context runs. Stops before the process
/// leaves its cluster, so that what is being handled can be finished and acknowledged.
final class Subscribers implements SmartInitializingSingleton, SmartLifecycle {

  static final int PHASE = ClusterProcess.PHASE + 1;

  private final SubscriberScanner scanner;
  private final InstanceId id;
  private final Parts parts;
  private List<SubscriberMethod> methods = List.of();
  private volatile List<Subscriber> running = List.of();
  private @Nullable SerialScheduler scheduler;

  Subscribers(SubscriberScanner scanner, InstanceId id, Parts parts) {
    this.scanner = scanner;
    this.id = id;
    this.parts = parts;
  }

  /// What they work with.
  ///
  /// @param topics gets the topics or a stand-in for them
  /// @param format of the events
  /// @param settings limits
  /// @param observations observes each delivery
  record Parts(
      Supplier<Topics> topics,
      EventFormat format,
      TopicSettings settings,
      TopicObservations observations) {}

  @Override
  public void afterSingletonsInstantiated() {
    methods = scanner.scan();
  }

  /// The methods of this process.
  List<SubscriberMethod> methods() {
    return methods;
  }

  @Override
  public void start() {
    if (methods.isEmpty()) {
      return;
    }
    var ticking = SerialScheduler.onThread("myelin-topics");
    scheduler = ticking;
    var means =
        new Subscriber.Means(
            parts.topics(), parts.format(), parts.settings(), parts.observations(), ticking);
    running =
        methods.stream()
            .map(method -> new Subscriber(method, id + "/" + method.name(), means))
            .toList();
    running.forEach(Subscriber::start);
  }

  @Override
  public void stop() {
    var stopping =
        running.stream()
            .map(subscriber ->
                Thread.startVirtualThread(() -> subscriber.stop(parts.settings().stopTimeout())))
            .toList();
    running = List.of();
    try {
      for (var each : stopping) {
        each.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    var ticking = scheduler;
    if (ticking != null) {
      ticking.close();
    }
  }

  @Override
  public boolean isRunning() {
    return !running.isEmpty();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
