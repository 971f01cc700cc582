package dev.myelin.topic.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.CallException;
import dev.myelin.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InMemoryBrokerTests extends BrokerContractTests {

  private final QueueBroker broker = QueueBroker.inMemory(200_000);

  @Override
  protected Broker broker() {
    return broker;
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void leaseThatIsExtendedAfterTheMemberCameBackIsKept() {
    var before = open("stock", "a");
    publish("1");
    var taken = next(before);

    try (var back = open("stock", "a")) {
      for (int times = 0; times < 5; times++) {
        broker.extend(topic, "stock", List.of(taken.token()));
        assertThat(back.take(Duration.ofMillis(400))).isNull();
      }
      acknowledge("stock", taken);
    }
  }

  @Test
  void messagesWhenTheyWaitForTooLongAreRefusedUntilThereIsRoom() {
    try (var cursor = open("stock", "a")) {
      assertThatExceptionOfType(CallException.class)
          .isThrownBy(() -> {
            for (int id = 0; id < 1_000; id++) {
              publish("m" + id);
            }
          })
          .withMessageContaining("Topic '%s' takes no event", topic)
          .satisfies(failure -> assertThat(failure.status()).isEqualTo(Status.RESOURCE_EXHAUSTED));

      acknowledge("stock", next(cursor));
      publish("late");
      assertThat(await("stock", cursor, List.of("late"))).contains("late");
    }
  }

  @Test
  void messagesThatNobodyWantsTakeNoRoom() {
    for (int id = 0; id < 2_000; id++) {
      publish("m" + id);
    }
  }

  @Test
  void cursorWhenTheBrokerClosesEnds() {
    var cursor = open("stock", "a");

    broker.close();

    assertThat(cursor.take(Duration.ofSeconds(20))).isNull();
    assertThat(cursor.closed()).isTrue();
    assertThatExceptionOfType(CallException.class).isThrownBy(() -> publish("1"));
  }
}
