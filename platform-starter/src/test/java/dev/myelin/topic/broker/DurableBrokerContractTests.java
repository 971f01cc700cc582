package dev.myelin.topic.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a broker promises whose messages outlive its process.
public abstract class DurableBrokerContractTests extends BrokerContractTests {

  /// Ends the broker as a kill does, and starts it again on what it had stored.
  protected abstract void killAndRestart() throws Exception;

  @Test
  void everythingAcceptedIsDeliveredAfterAKill() throws Exception {
    open("stock", "a").close();
    var ids = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
    publish(ids.toArray(String[]::new));

    killAndRestart();

    try (var cursor = open("stock", "a")) {
      assertThat(drain("stock", cursor, 50)).containsExactlyElementsOf(ids);
    }
  }

  @Test
  void whatWasHeldDuringAKillIsDeliveredAgain() throws Exception {
    // a broker may have stored that it is held: then it comes again when the time for it is over
    var before = openBrisk("stock", "a");
    publish("1", "2", "3");
    var first = next(before);
    acknowledge("stock", first);
    assertThat(next(before).message().id()).isEqualTo("2");

    killAndRestart();

    try (var cursor = openBrisk("stock", "b")) {
      assertThat(await("stock", cursor, List.of("2", "3"))).contains("2", "3");
    }
  }

  @Test
  void messageWithTheIdOfOneBeforeAKillIsStoredOnce() throws Exception {
    open("stock", "a").close();
    publish("1");

    killAndRestart();
    publish("1", "2");

    try (var cursor = open("stock", "a")) {
      assertThat(drain("stock", cursor, 2)).containsExactly("1", "2");
    }
  }

  @Test
  void groupThatCameLateDoesNotGetEarlierMessagesAfterAKill() throws Exception {
    publish("1");
    open("stock", "a").close();
    publish("2");

    killAndRestart();

    try (var cursor = open("stock", "a")) {
      assertThat(drain("stock", cursor, 1)).containsExactly("2");
    }
  }
}
