package dev.myelin.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallContext;
import dev.myelin.Delivery;
import dev.myelin.Status;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.topic.SubscriberMethod.Group;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicNames;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class SubscriberTests {

  private final FlakyTopics topics = new FlakyTopics();
  private final SerialScheduler scheduler = SerialScheduler.onThread("subscriber-tests");
  private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final EventFormat format = new EventFormat(JsonMapper.builder().build(), 1_000);

  private Subscriber subscriber(String id, Duration ackTimeout, SubscriberMethod.Call call) {
    return subscriber("orders", id, ackTimeout, call);
  }

  private Subscriber subscriber(
      String topic, String id, Duration ackTimeout, SubscriberMethod.Call call) {
    var settings =
        new TopicSettings(
            Duration.ofSeconds(10),
            ackTimeout,
            4,
            new Redelivery(5, Duration.ofMillis(1), Duration.ofMillis(1)),
            Duration.ofSeconds(10));
    var subscriber =
        new Subscriber(
            new SubscriberMethod("test", topic, new Group("stock", true), 1, String.class, call),
            id,
            new Subscriber.Means(
                () -> topics,
                format,
                settings,
                new TopicObservations(ObservationRegistry.NOOP),
                scheduler));
    subscribers.add(subscriber);
    return subscriber;
  }

  private void publish(String event) {
    var _ =
        new TopicEventBus(
                () -> topics,
                format,
                Duration.ofSeconds(60),
                new TopicObservations(ObservationRegistry.NOOP),
                Clock.systemUTC())
            .publish("orders", event);
  }

  private void publish(Map<String, String> headers) {
    topics.publish(
        new TopicMessage(
            "foreign", "orders", Instant.EPOCH, "text", format.write("orders", "one"), headers));
  }

  private String next() throws InterruptedException {
    return Objects.requireNonNull(handled.poll(30, TimeUnit.SECONDS), "nothing was handled");
  }

  @AfterEach
  void close() {
    subscribers.forEach(each -> each.stop(Duration.ofSeconds(10)));
    scheduler.close();
    topics.close();
  }

  @Test
  void subscriptionComesBackAfterABrokerThatWasAway() throws Exception {
    topics.fail(Status.UNAVAILABLE);
    subscriber("a", Duration.ofSeconds(30), (event, _) -> handled.add((String) event)).start();
    while (topics.refused() < 3) {
      Thread.onSpinWait();
    }

    topics.fail(null);

    String seen = null;
    for (int events = 0; seen == null; events++) {
      publish("event " + events);
      seen = handled.poll(100, TimeUnit.MILLISECONDS);
    }
    assertThat(seen).startsWith("event ");
  }

  @Test
  void contextOfThePublisherIsInForceWhileItsEventIsHandled() throws Exception {
    var context =
        CallContext.of(Map.of("tenant", "acme & söhne", "x=y", "", "note", "100 %\r\n\u0000"));
    subscriber("a", Duration.ofSeconds(30), (_, _) -> handled.add("" + values())).start();

    publish("without");
    assertThat(next()).isEqualTo("{}");
    var _ =
        context.during(() -> {
          publish("within");
          return true;
        });
    assertThat(next()).isEqualTo("" + context.values());
  }

  private static Map<String, String> values() {
    return CallContext.current().values();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant", "tenant=%zz", "=acme"})
  void eventWhoseContextCannotBeReadIsNotHandledWithoutIt(String header) throws Exception {
    var dead = new LinkedBlockingQueue<Map<String, String>>();
    subscriber("a", Duration.ofSeconds(30), (event, _) -> handled.add((String) event)).start();
    subscriber(
            TopicNames.deadLetter("orders"),
            "b",
            Duration.ofSeconds(30),
            (_, delivery) -> dead.add(delivery.headers()))
        .start();
    publish(Map.of(Delivery.CONTEXT, header));

    assertThat(Objects.requireNonNull(dead.poll(30, TimeUnit.SECONDS)))
        .extractingByKey(Delivery.DEAD_REASON)
        .asString()
        .contains(Delivery.CONTEXT);
    assertThat(handled).isEmpty();
  }

  @Test
  void acknowledgementThatCannotBeToldIsToldLater() throws Exception {
    var ackTimeout = Duration.ofSeconds(6);
    subscriber(
            "a",
            ackTimeout,
            (event, _) -> {
              topics.fail(Status.UNAVAILABLE);
              return handled.add((String) event);
            })
        .start();
    publish("one");
    assertThat(next()).isEqualTo("one");
    while (topics.refused() < 1) {
      Thread.onSpinWait();
    }

    topics.fail(null);

    assertThat(handled.poll(ackTimeout.toMillis() * 3 / 2, TimeUnit.MILLISECONDS))
        .as("delivered again")
        .isNull();
  }

  @Test
  void deliveryThatTakesLongerThanTheTimeoutIsNotHandedToAnother() throws Exception {
    var ackTimeout = Duration.ofSeconds(5);
    var end = new CountDownLatch(1);
    SubscriberMethod.Call slow =
        (event, _) -> {
          handled.add((String) event);
          end.await();
          return null;
        };
    subscriber("a", ackTimeout, slow).start();
    subscriber("b", ackTimeout, slow).start();

    publish("one");

    assertThat(next()).isEqualTo("one");
    assertThat(handled.poll(ackTimeout.toMillis() * 3 / 2, TimeUnit.MILLISECONDS)).isNull();
    end.countDown();
  }

  @Test
  void errorOfAMethodIsAFailedAttemptToo() throws Exception {
    subscriber(
            "a",
            Duration.ofSeconds(30),
            (event, delivery) -> {
              handled.add(event + " " + delivery.attempt());
              if (delivery.attempt() < 3) {
                throw new StackOverflowError();
              }
              return null;
            })
        .start();

    publish("one");

    assertThat(List.of(next(), next(), next())).containsExactly("one 1", "one 2", "one 3");
  }

  @Test
  void whatHadNotBegunWhenTheSubscriberStopsGoesToAnother() throws Exception {
    var end = new CountDownLatch(1);
    var first =
        subscriber(
            "a",
            Duration.ofMinutes(5),
            (event, _) -> {
              handled.add("first " + event);
              end.await();
              return null;
            });
    first.start();
    for (int event = 0; event < 4; event++) {
      publish("" + event);
    }
    assertThat(next()).isEqualTo("first 0");

    var stopping = Thread.startVirtualThread(() -> first.stop(Duration.ofSeconds(30)));
    while (stopping.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    // it waits for what has begun, and begins nothing more
    end.countDown();
    stopping.join();
    subscriber("b", Duration.ofMinutes(5), (event, _) -> handled.add("second " + event)).start();

    assertThat(List.of(next(), next(), next()))
        .containsExactlyInAnyOrder("second 1", "second 2", "second 3");
  }

  @Test
  void subscriberThatStopsWhileItSubscribesTakesNothing() throws Exception {
    var first = subscriber("a", Duration.ofMinutes(5), (event, _) -> handled.add("first " + event));
    topics.beforeSubscribing(() -> first.stop(Duration.ofSeconds(30)));
    first.start();
    topics.beforeSubscribing(() -> {});

    publish("one");
    assertThat(handled.poll(400, TimeUnit.MILLISECONDS)).isNull();
    subscriber("b", Duration.ofMinutes(5), (event, _) -> handled.add("second " + event)).start();

    assertThat(next()).isEqualTo("second one");
  }
}
