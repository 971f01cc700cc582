package dev.myelin.pubsub.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Status;
import dev.myelin.topic.broker.Broker;
import dev.myelin.topic.broker.DurableBrokerContractTests;
import dev.myelin.wire.Settlement;
import dev.myelin.wire.TopicMessage;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract, against a real server that is killed and started again.
final class NatsBrokerIT extends DurableBrokerContractTests {

  @TempDir private static Path folder;
  private static @Nullable NatsServer running;

  private final NatsServer server = Objects.requireNonNull(running);
  private final NatsBroker broker = broker(server);

  private static NatsBroker broker(NatsServer server) {
    return new NatsBroker(
        new NatsSettings(
            List.of(server.address()),
            NatsSettings.Access.OPEN,
            "shop-topics",
            1,
            new Retention(Duration.ofDays(1), 64 << 20),
            Duration.ofSeconds(20)));
  }

  @BeforeAll
  static void startServer() throws Exception {
    running = new NatsServer(folder);
    running.start();
  }

  @AfterAll
  static void stopServer() {
    if (running != null) {
      running.close();
    }
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Override
  protected Broker broker() {
    return broker;
  }

  @Override
  protected void killAndRestart() throws Exception {
    server.kill();
    server.start();
    awaitAccepting();
  }

  private void awaitAccepting() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(CallException.class)
        .until(() -> {
          broker.publish(
              new TopicMessage("probe", "probes", Instant.EPOCH, "T", "1", Map.of()),
              Deadline.after(Duration.ofSeconds(2)));
          return true;
        });
  }

  @Test
  void publicationWhileTheServerIsAwayFailsAndSaysSo() throws Exception {
    publish("1");
    server.kill();
    try {
      assertThatExceptionOfType(CallException.class)
          .isThrownBy(() -> publish("2"))
          .withMessageContainingAll(
              server.address(), "is away", "publication '2' of topic '" + topic)
          .satisfies(failure -> assertThat(failure.status()).isEqualTo(Status.UNAVAILABLE));
    } finally {
      server.start();
    }
    awaitAccepting();
  }

  @Test
  void cursorThatIsOpenGoesOnAfterAKill() throws Exception {
    try (var cursor = open("stock", "a")) {
      publish("1");
      assertThat(drain("stock", cursor, 1)).containsExactly("1");

      killAndRestart();
      publish("2");

      assertThat(await("stock", cursor, List.of("2"))).contains("2");
    }
  }

  @Test
  void deliveryIsSettledThroughAnotherProcess() {
    var other = broker(server);
    try (var cursor = open("stock", "a")) {
      publish("1", "2");
      var first = next(cursor);
      other.settle(
          new Settlement(topic, "stock", first.token(), new Settlement.Outcome.Acknowledged()));

      assertThat(drain("stock", cursor, 1)).containsExactly("2");
    } finally {
      other.close();
    }
  }

  @Test
  void messageOfAProgramWithoutMyelinIsDelivered() throws Exception {
    try (var cursor = open("stock", "a")) {
      var stranger = Nats.connect(server.address());
      stranger
          .jetStream()
          .publish("shop-topics." + topic, "{\"number\":1}".getBytes(StandardCharsets.UTF_8));
      stranger.close();

      var message = next(cursor).message();
      assertThat(message.content()).isEqualTo("{\"number\":1}");
      assertThat(message.topic()).isEqualTo(topic);
      assertThat(message.id()).isNotEmpty();
    }
  }
}
