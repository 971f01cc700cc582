package dev.myelin.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class TopicEventBusTests {

  private final FlakyTopics topics = new FlakyTopics();

  private TopicEventBus bus(Duration timeout) {
    return new TopicEventBus(
        () -> topics,
        new EventFormat(JsonMapper.builder().build(), 1_000),
        timeout,
        new TopicObservations(ObservationRegistry.NOOP),
        Clock.systemUTC());
  }

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void publicationWaitsForABrokerThatIsAway() throws Exception {
    topics.fail(Status.UNAVAILABLE);
    var publishing = Thread.startVirtualThread(() -> bus(Duration.ofMinutes(5)).publish("a", 1));
    while (topics.refused() < 3) {
      Thread.onSpinWait();
    }

    topics.fail(null);

    assertThat(publishing.join(Duration.ofSeconds(60))).isTrue();
  }

  @Test
  void publicationWhoseDeadlinePassesFailsAndSaysWhatWasTried() {
    topics.fail(Status.UNAVAILABLE);

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> bus(Duration.ofSeconds(3)).publish("a", 1, "p-1"))
        .withMessageContainingAll("Topic 'a'", "'p-1'", "PT3S", "as the test wants")
        .satisfies(failure -> {
          assertThat(failure.status()).isEqualTo(Status.UNAVAILABLE);
          assertThat(failure.execution()).isEqualTo(Execution.MAY_HAVE_RUN);
        });
  }

  @Test
  void publicationWithinACallEndsByItsDeadline() {
    topics.fail(Status.UNAVAILABLE);

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() ->
            Deadline.after(Duration.ofMillis(100))
                .during(() -> bus(Duration.ofHours(1)).publish("a", 1)));
  }

  @Test
  void publicationThatIsRefusedForGoodIsNotRepeated() {
    topics.fail(Status.INVALID_ARGUMENT);

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> bus(Duration.ofHours(1)).publish("a", 1))
        .satisfies(failure -> assertThat(failure.execution()).isEqualTo(Execution.DID_NOT_RUN));
    assertThat(topics.refused()).isEqualTo(1);
  }
}
