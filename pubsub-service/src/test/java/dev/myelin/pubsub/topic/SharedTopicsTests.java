package dev.myelin.pubsub.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.CallException;
import dev.myelin.Status;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.VirtualScheduler;
import dev.myelin.pubsub.broker.FolderTopicStore;
import dev.myelin.pubsub.broker.Retention;
import dev.myelin.topic.broker.BrokerTopics;
import dev.myelin.topic.broker.QueueBroker;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.TopicDelivery;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicSubscription;
import dev.myelin.wire.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several processes on one folder, played by objects: the lock is refused to a second one of a
/// process too.
final class SharedTopicsTests {

  @TempDir private Path root;
  private final Map<String, VirtualScheduler> schedulers = new HashMap<>();
  private final Map<String, SharedTopics> processes = new HashMap<>();

  private VirtualScheduler scheduler(String id) {
    return schedulers.computeIfAbsent(id, _ -> new VirtualScheduler());
  }

  private SharedTopics start(String id) {
    var process =
        new SharedTopics(
            new InstanceId(id),
            new FolderSeat(new ClusterFolder(root)),
            () ->
                new BrokerTopics(
                    new QueueBroker(
                        new FolderTopicStore(
                            FolderSeat.files(new ClusterFolder(root)),
                            new Retention(Duration.ofDays(1), 1 << 20),
                            false,
                            Clock.systemUTC()),
                        System::nanoTime)),
            holder -> Optional.<Topics>ofNullable(processes.get(holder.value())),
            scheduler(id));
    processes.put(id, process);
    return process;
  }

  @AfterEach
  void close() {
    processes.values().forEach(SharedTopics::close);
  }

  private static TopicMessage message(String id) {
    return new TopicMessage(id, "orders", Instant.EPOCH, "T", "1", Map.of());
  }

  private static BlockingQueue<String> subscribe(SharedTopics process) {
    var ids = new LinkedBlockingQueue<String>();
    process
        .subscribe(new TopicSubscription("orders", "stock", "a", true, Duration.ofMinutes(1), 3))
        .subscribe(
            new Flow.Subscriber<TopicDelivery>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(100);
              }

              @Override
              public void onNext(TopicDelivery delivery) {
                ids.add(delivery.message().id());
              }

              @Override
              public void onError(Throwable failure) {
                ids.add(failure.toString());
              }

              @Override
              public void onComplete() {
                ids.add("completed");
              }
            });
    return ids;
  }

  private static String next(BlockingQueue<String> ids) throws InterruptedException {
    return Objects.requireNonNull(ids.poll(20, TimeUnit.SECONDS), "nothing came");
  }

  @Test
  void callsAtAnyProcessReachTheOneThatHasTheBroker() throws Exception {
    var first = start("core-1");
    var second = start("core-2");

    var atSecond = subscribe(second);
    first.publish(message("1"));
    second.publish(message("2"));

    assertThat(next(atSecond)).isEqualTo("1");
    assertThat(next(atSecond)).isEqualTo("2");
  }

  @Test
  void anotherProcessFollowsTheOneThatEnds() throws Exception {
    var first = start("core-1");
    var second = start("core-2");
    var ids = subscribe(second);
    first.publish(message("1"));
    assertThat(next(ids)).isEqualTo("1");

    first.close();
    assertThat(next(ids)).isEqualTo("completed");
    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> second.publish(message("2")))
        .withMessageContaining("No process has the topics")
        .satisfies(failure -> assertThat(failure.status()).isEqualTo(Status.UNAVAILABLE));

    scheduler("core-2").advance(Duration.ofSeconds(2));
    second.publish(message("2"));
    var again = subscribe(second);
    assertThat(next(again)).as("held by nobody any more").isEqualTo("1");
    assertThat(next(again)).isEqualTo("2");
  }

  @Test
  void processTriesAgainEachSecond() {
    var seat = new FolderSeat(new ClusterFolder(root));
    assertThat(seat.take()).isTrue();
    var process = start("core-1");
    assertThatExceptionOfType(CallException.class).isThrownBy(() -> process.publish(message("1")));

    seat.close();
    scheduler("core-1").advance(Duration.ofSeconds(2));

    process.publish(message("1"));
  }
}
