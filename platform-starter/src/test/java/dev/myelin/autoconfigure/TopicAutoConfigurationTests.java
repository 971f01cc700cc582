package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.CallException;
import dev.myelin.Delivery;
import dev.myelin.EventBus;
import dev.myelin.Microservice;
import dev.myelin.Publication;
import dev.myelin.Status;
import dev.myelin.Subscribe;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

final class TopicAutoConfigurationTests {

  record Order(
      int number, BigDecimal total, Instant placedAt, Optional<String> note, List<String> lines) {}

  sealed interface Change {
    record Renamed(String name) implements Change {}

    record Removed(int reason) implements Change {}
  }

  private static final Order ORDER =
      new Order(
          7,
          new BigDecimal("12.30"),
          Instant.parse("2026-11-26T10:00:00.123456789Z"),
          Optional.of("ring twice"),
          List.of("tea", "größer"));

  private final ApplicationContextRunner runner =
      Contexts.inProcess()
          .withConfiguration(AutoConfigurations.of(TopicAutoConfiguration.class))
          .withPropertyValues("spring.application.name=shop", "myelin.topics.backoff.first=1ms");

  /// What arrived.
  static class Inbox {

    final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

    void add(Object event) {
      arrived.add(event);
    }

    Object next() throws InterruptedException {
      return Objects.requireNonNull(arrived.poll(20, TimeUnit.SECONDS), "nothing arrived");
    }

    boolean quiet() throws InterruptedException {
      return arrived.poll(300, TimeUnit.MILLISECONDS) == null;
    }
  }

  static class Stock extends Inbox {

    @Subscribe("orders")
    void reserve(Order order, Delivery delivery) {
      add(order);
      add(delivery);
    }
  }

  @Microservice
  static class Mail extends Inbox {

    @Subscribe(topic = "${topic:orders}")
    public CompletionStage<Void> send(Order order) {
      add(order);
      return CompletableFuture.completedFuture(null);
    }
  }

  static class Changes extends Inbox {

    @Subscribe("changes")
    void change(Change change) {
      add(change);
    }
  }

  static class Stubborn extends Inbox {

    @Subscribe("orders")
    void refuse(Order order, Delivery delivery) {
      add(delivery.attempt());
      throw new IllegalStateException("no such article");
    }

    @Subscribe("orders.dead-letter")
    void bury(Order order, Delivery delivery) {
      add(order);
      add(delivery);
    }
  }

  static class Ticks extends Inbox {

    @Subscribe(topic = "ticks", eachInstance = true)
    void tick(int tick, Delivery delivery) {
      add(tick);
      add(delivery.group());
    }
  }

  @Test
  void eventReachesTheMethodsOfEveryGroup() {
    runner
        .withBean(Stock.class)
        .withBean(Mail.class)
        .run(context -> {
          var publication = context.getBean(EventBus.class).publish("orders", ORDER);

          var stock = context.getBean(Stock.class);
          assertThat(stock.next()).isEqualTo(ORDER);
          assertThat(stock.next()).isEqualTo(new Delivery(publication, "shop", 1, Map.of()));
          assertThat(context.getBean(Mail.class).next()).isEqualTo(ORDER);
          assertThat(stock.quiet()).isTrue();
        });
  }

  @Test
  void eventOfASealedTypeIsReadAsWhatWasPublished() {
    runner
        .withBean(Changes.class)
        .run(context -> {
          var bus = context.getBean(EventBus.class);
          bus.publish("changes", new Change.Renamed("Ann"));
          bus.publish("changes", new Change.Removed(3));

          var changes = context.getBean(Changes.class);
          assertThat(List.of(changes.next(), changes.next()))
              .containsExactly(new Change.Renamed("Ann"), new Change.Removed(3));
        });
  }

  @Test
  void eventThatIsNeverHandledIsADeadLetter() {
    runner
        .withBean(Stubborn.class)
        .withPropertyValues("myelin.topics.max-attempts=3")
        .run(context -> {
          context.getBean(EventBus.class).publish("orders", ORDER, "o-7");

          var inbox = context.getBean(Stubborn.class);
          assertThat(List.of(inbox.next(), inbox.next(), inbox.next())).containsExactly(1, 2, 3);
          assertThat(inbox.next()).isEqualTo(ORDER);
          var letter = (Delivery) inbox.next();
          assertThat(letter.publication().id()).isEqualTo("o-7@shop");
          assertThat(letter.headers())
              .containsEntry(Delivery.DEAD_TOPIC, "orders")
              .containsEntry(Delivery.DEAD_ATTEMPTS, "3")
              .extractingByKey(Delivery.DEAD_REASON)
              .asString()
              .contains("no such article");
          assertThat(inbox.quiet()).isTrue();
        });
  }

  @Test
  void eventOfAnotherTypeIsADeadLetterThatSaysSo() {
    runner
        .withBean(Changes.class)
        .withBean(DeadChanges.class)
        .withPropertyValues("myelin.topics.max-attempts=2")
        .run(context -> {
          context.getBean(EventBus.class).publish("changes", 5);

          assertThat((String) context.getBean(DeadChanges.class).next())
              .contains("of class 'java.lang.Integer'", "cannot be read as", "Change");
          assertThat(context.getBean(Changes.class).quiet()).isTrue();
        });
  }

  static class DeadChanges extends Inbox {

    @Subscribe("changes.dead-letter")
    void bury(Object event, Delivery delivery) {
      add(Objects.requireNonNull(delivery.headers().get(Delivery.DEAD_REASON)));
    }
  }

  @Test
  void eachInstanceHasAGroupOfItsOwn() {
    runner
        .withBean(Ticks.class)
        .withPropertyValues("myelin.instance-id=shop.1")
        .run(context -> {
          context.getBean(EventBus.class).publish("ticks", 1);

          var ticks = context.getBean(Ticks.class);
          assertThat(List.of(ticks.next(), ticks.next())).containsExactly(1, "instance-shop-1-1");
        });
  }

  @Test
  void eventsArriveInOrder() {
    runner
        .withBean(Ticks.class)
        .run(context -> {
          var bus = context.getBean(EventBus.class);
          for (int tick = 0; tick < 500; tick++) {
            bus.publish("ticks", tick);
          }

          var ticks = context.getBean(Ticks.class);
          var seen = new ArrayList<Object>();
          for (int tick = 0; tick < 500; tick++) {
            seen.add(ticks.next());
            ticks.next();
          }
          assertThat(seen).isSorted().doesNotHaveDuplicates();
        });
  }

  @Test
  void publicationsAndDeliveriesAreObserved() {
    var meters = new SimpleMeterRegistry();
    runner
        .withBean(Stubborn.class)
        .withBean(MeterRegistry.class, () -> meters)
        .withBean(ObservationRegistry.class, () -> observed(meters))
        .withPropertyValues("myelin.topics.max-attempts=3")
        .run(context -> {
          context.getBean(EventBus.class).publish("orders", ORDER);
          var inbox = context.getBean(Stubborn.class);
          for (int arrivals = 0; arrivals < 5; arrivals++) {
            inbox.next();
          }
        });
    // the context's end waits for what runs

    assertThat(count(meters, "myelin.topic.publish", "topic", "orders", "outcome", "ACCEPTED"))
        .isEqualTo(1);
    assertThat(count(meters, "myelin.topic.delivery", "outcome", "DEAD")).isEqualTo(1);
    assertThat(count(meters, "myelin.topic.delivery", "outcome", "RETRIED")).isEqualTo(2);
    assertThat(count(meters, "myelin.topic.delivery", "topic", "orders", "redelivered", "true"))
        .isEqualTo(2);
    assertThat(count(meters, "myelin.topic.delivery", "outcome", "ACKNOWLEDGED", "group", "shop"))
        .isEqualTo(1);
  }

  private static ObservationRegistry observed(MeterRegistry meters) {
    var registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    return registry;
  }

  private static long count(MeterRegistry meters, String name, String... tags) {
    return meters.find(name).tags(tags).timers().stream().mapToLong(timer -> timer.count()).sum();
  }

  @Test
  void deliveryThatRunsWhenTheContextClosesIsFinished() {
    var inbox = new Slow();
    runner
        .withBean(Slow.class, () -> inbox)
        .run(context -> {
          context.getBean(EventBus.class).publish("slow", "x");
          assertThat(inbox.next()).isEqualTo("began");
        });

    assertThat(inbox.arrived).containsExactly("ended");
  }

  static class Slow extends Inbox {

    @Subscribe("slow")
    void handle(String event) throws InterruptedException {
      add("began");
      TimeUnit.MILLISECONDS.sleep(200);
      add("ended");
    }
  }

  @Test
  void eventThatCannotBeCarriedIsRefused() {
    runner
        .withPropertyValues("myelin.topics.max-event-size=100B")
        .run(context -> {
          var bus = context.getBean(EventBus.class);

          assertThatExceptionOfType(CallException.class)
              .isThrownBy(() -> bus.publish("orders", "x".repeat(100)))
              .withMessageContainingAll("java.lang.String", "'orders'", "102 bytes", "at most 100")
              .satisfies(e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARGUMENT));
          assertThatExceptionOfType(CallException.class)
              .isThrownBy(() -> bus.publish("orders", new Cyclic()))
              .withMessageContaining("cannot be written as JSON");
          assertThatIllegalArgumentException()
              .isThrownBy(() -> bus.publish("no topic", "x"))
              .withMessageContaining("'no topic' is no name of a topic");
          assertThatIllegalArgumentException()
              .isThrownBy(() -> bus.publish("orders", "x", "two words"))
              .withMessageContaining("'two words'");
        });
  }

  static class Cyclic {
    public Cyclic self() {
      return this;
    }

    public Cyclic getSelf() {
      return this;
    }
  }

  @Test
  void busOfTheApplicationWins() {
    var own =
        new EventBus() {
          @Override
          public Publication publish(String topic, Object event) {
            return publish(topic, event, "1");
          }

          @Override
          public Publication publish(String topic, Object event, String id) {
            return new Publication(id, topic, Instant.EPOCH);
          }
        };
    runner
        .withBean(EventBus.class, () -> own)
        .run(context -> assertThat(context.getBean(EventBus.class)).isSameAs(own));
  }

  @Test
  void nothingIsSubscribedWhenThePropertyIsOff() {
    runner
        .withBean(Stock.class)
        .withPropertyValues("myelin.topics.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(EventBus.class));
  }

  @Test
  void contextStartsWithoutMicrometersMeters() {
    runner
        .withClassLoader(new FilteredClassLoader(MeterRegistry.class))
        .withBean(Stock.class)
        .run(context -> {
          context.getBean(EventBus.class).publish("orders", ORDER);
          assertThat(context.getBean(Stock.class).next()).isEqualTo(ORDER);
        });
  }

  @Test
  void methodsOfTheFrontAndOfInstancesAreToldApart() {
    var front =
        Contexts.front()
            .withConfiguration(AutoConfigurations.of(TopicAutoConfiguration.class))
            .withPropertyValues("spring.application.name=shop")
            .withBean(Stock.class)
            .withBean("mail", Mail.class);
    front.run(context -> assertThat(scanned(context)).containsExactly("orders/shop"));
    front
        .withPropertyValues("myelin.hosts=mail")
        .run(context -> assertThat(scanned(context)).containsExactly("orders/mail"));
    front
        .withPropertyValues("myelin.hosts=myelin-pubsub")
        .run(context -> assertThat(scanned(context)).isEmpty());
  }

  private static List<String> scanned(AssertableApplicationContext context) {
    return context.getBean(Subscribers.class).methods().stream()
        .map(method -> method.topic() + "/" + method.group().name())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "publish-timeout, 1ns, 0",
    "ack-timeout, 100ms, 99ms",
    "ack-timeout, 1d, 25h",
    "window, 1, 0",
    "window, 10000, 10001",
    "max-attempts, 1, 0",
    "backoff.first, 1ns, 0",
    "backoff.longest, 500ms, 499ms",
    "max-event-size, 1B, 0B",
    "memory, 1B, 0B"
  })
  void propertyBeyondItsLimitStopsTheStart(String name, String limit, String beyond) {
    var property = "myelin.topics." + name;
    var limited =
        Contexts.inProcess().withConfiguration(AutoConfigurations.of(TopicAutoConfiguration.class));

    limited
        .withPropertyValues(property + "=" + limit)
        .run(context -> assertThat(context).hasNotFailed());
    limited
        .withPropertyValues(property + "=" + beyond)
        .run(
            context -> assertThat(context).getFailure().rootCause().hasMessageContaining(property));
  }

  @Test
  void defaultsAreTheDocumentedOnes() {
    Contexts.inProcess()
        .withConfiguration(AutoConfigurations.of(TopicAutoConfiguration.class))
        .run(context -> {
          var properties = context.getBean(TopicProperties.class);
          assertThat(properties.publishTimeout()).isEqualTo(Duration.ofSeconds(10));
          assertThat(properties.ackTimeout()).isEqualTo(Duration.ofSeconds(30));
          assertThat(properties.maxAttempts()).isEqualTo(10);
        });
  }
}
