package dev.myelin.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.wire.Settlement;
import dev.myelin.wire.Settlement.Outcome;
import dev.myelin.wire.TopicDelivery;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicNames;
import dev.myelin.wire.TopicSubscription;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.Input;
import dev.myelin.wire.codec.Output;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What travels between subscribers and pubsub.
final class TopicRecordsTests {

  private static final TopicMessage MESSAGE =
      new TopicMessage(
          "1",
          "orders",
          Instant.parse("2026-11-26T10:00:00.123456789Z"),
          "shop.Order",
          "{\"note\":\"größer\"}",
          Map.of("traceparent", "00-1-2-01"));

  static Stream<Object> records() {
    return Stream.of(
        MESSAGE,
        new TopicDelivery("17.2", 2, MESSAGE),
        new TopicSubscription("orders", "stock", "a/b", true, Duration.ofSeconds(30), 10),
        settlement(new Outcome.Acknowledged()),
        settlement(new Outcome.Retry(Duration.ofMillis(1))),
        settlement(new Outcome.Dead(10, "no such article")));
  }

  private static Settlement settlement(Outcome outcome) {
    return new Settlement("orders", "stock", "17.2", outcome);
  }

  @ParameterizedTest
  @MethodSource("records")
  void recordArrivesAsItWas(Object sent) {
    var codec = new BinaryCodec();
    var values = codec.compile(sent.getClass(), codec.schema(sent.getClass()));
    var output = new Output(10_000);

    values.write(sent, output);

    assertThat(values.read(new Input(output.array(), 0, output.size()))).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 86_400_001})
  void ackTimeoutBeyondItsLimitsIsRefused(long millis) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new TopicSubscription("orders", "stock", "a", true, Duration.ofMillis(millis), 1))
        .withMessageContaining("ack timeout");
  }

  @Test
  void delayAndAttemptsBeyondTheirLimitsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Outcome.Retry(Duration.ofSeconds(Long.MAX_VALUE)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Retry(Duration.ofNanos(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new TopicSubscription("orders", "stock", "a", true, Duration.ofSeconds(1), 0));
  }

  @Test
  void deadLetterSaysWhereItComesFrom() {
    var letter = MESSAGE.deadLetter("stock", 3, "line one\nline two " + "x".repeat(5_000));

    assertThat(letter.topic()).isEqualTo("orders.dead-letter");
    assertThat(letter.headers().get("myelin-dead-reason"))
        .startsWith("line one line two x")
        .hasSize(1_024);
    assertThat(TopicNames.deadLetters(letter.topic())).isTrue();
  }
}
