package dev.myelin.topic.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.Deadline;
import dev.myelin.Delivery;
import dev.myelin.topic.broker.Broker.Cursor;
import dev.myelin.wire.Settlement;
import dev.myelin.wire.Settlement.Outcome;
import dev.myelin.wire.TopicDelivery;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicSubscription;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a broker promises.
///
/// Waits for what has to come are long and end when it comes; those for what must not come are
/// short, so that they can only miss a mistake, never invent one.
public abstract class BrokerContractTests {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration UNHURRIED = Duration.ofSeconds(60);
  private static final Duration BRISK = Duration.ofSeconds(1);

  /// Name of a topic that no other test has.
  protected final String topic = "orders." + UUID.randomUUID();

  // A broker that is started again knows the ids of the last two minutes
  private final Instant time = Instant.now().with(ChronoField.NANO_OF_SECOND, 123_456_789);

  /// The broker under test.
  protected abstract Broker broker();

  /// A message of the topic.
  protected final TopicMessage message(String id) {
    return new TopicMessage(
        id,
        topic,
        time,
        "shop.Order",
        "{\"number\":\"" + id + "\",\"note\":\"größer\"}",
        Map.of("traceparent", "00-1-2-01"));
  }

  /// Publishes messages of these ids.
  protected final void publish(String... ids) {
    for (var id : ids) {
      broker().publish(message(id), Deadline.after(LONG));
    }
  }

  /// Opens a cursor of a patient member.
  protected final Cursor open(String group, String subscriber) {
    return open(group, subscriber, UNHURRIED, 10);
  }

  /// Opens a cursor of a member that has little time for each delivery.
  protected final Cursor openBrisk(String group, String subscriber) {
    return open(group, subscriber, BRISK, 10);
  }

  private Cursor open(String group, String subscriber, Duration ackTimeout, int attempts) {
    return broker()
        .open(new TopicSubscription(topic, group, subscriber, true, ackTimeout, attempts));
  }

  private Cursor openDead(String group) {
    return broker()
        .open(new TopicSubscription(topic + ".dead-letter", group, "d", true, UNHURRIED, 10));
  }

  /// The next delivery, which has to come.
  protected static TopicDelivery next(Cursor cursor) {
    return Objects.requireNonNull(cursor.take(LONG), "nothing was delivered");
  }

  private static void assertNothing(Cursor cursor) {
    assertThat(cursor.take(SHORT)).isNull();
  }

  /// Acknowledges a delivery.
  protected final void acknowledge(String group, TopicDelivery delivery) {
    settle(group, delivery, new Outcome.Acknowledged());
  }

  private void settle(String group, TopicDelivery delivery, Outcome outcome) {
    broker().settle(new Settlement(topic, group, delivery.token(), outcome));
  }

  /// Ids of what is delivered until nothing more comes; each is acknowledged.
  ///
  /// @param expected how many have to come
  protected final List<String> drain(String group, Cursor cursor, int expected) {
    var ids = new ArrayList<String>();
    for (var each = cursor.take(LONG);
        each != null;
        each = cursor.take(ids.size() < expected ? LONG : SHORT)) {
      ids.add(each.message().id());
      acknowledge(group, each);
    }
    return ids;
  }

  @Test
  void messageWhenPublishedArrivesAsItWas() {
    try (var cursor = open("stock", "a")) {
      publish("1");

      var delivery = next(cursor);
      assertThat(delivery.message()).isEqualTo(message("1"));
      assertThat(delivery.attempt()).isEqualTo(1);
      acknowledge("stock", delivery);
      assertNothing(cursor);
    }
  }

  @Test
  void messagesWhenNothingFailsArriveInTheirOrder() {
    try (var cursor = open("stock", "a")) {
      var ids = IntStream.range(0, 100).mapToObj(Integer::toString).toArray(String[]::new);
      publish(ids);

      assertThat(drain("stock", cursor, 100)).containsExactly(ids);
    }
  }

  @Test
  void groupsGetEachMessageAndTheirMembersShareThem() throws Exception {
    var groups =
        Map.of(
            "stock",
            new ConcurrentLinkedQueue<String>(),
            "mail",
            new ConcurrentLinkedQueue<String>());
    var expected = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
    var threads = new ArrayList<Thread>();
    for (var group : groups.keySet()) {
      for (var member : List.of("a", "b")) {
        var cursor = open(group, member);
        threads.add(
            Thread.startVirtualThread(() -> {
              try (cursor) {
                share(group, cursor, groups.get(group), expected.size());
              }
            }));
      }
    }

    publish(expected.toArray(String[]::new));
    for (var thread : threads) {
      thread.join();
    }

    assertThat(groups.values())
        .allSatisfy(ids -> assertThat(ids).containsExactlyInAnyOrderElementsOf(expected));
  }

  // while it is published, some of it may be late
  private void share(String group, Cursor cursor, Queue<String> ids, int expected) {
    long start = System.nanoTime();
    for (var each = cursor.take(SHORT);
        each != null || (ids.size() < expected && System.nanoTime() - start < UNHURRIED.toNanos());
        each = cursor.take(SHORT)) {
      if (each != null) {
        ids.add(each.message().id());
        acknowledge(group, each);
      }
    }
  }

  @Test
  void groupBeginsWithWhatIsPublishedAfterItCame() {
    publish("before");
    try (var cursor = open("stock", "a")) {
      publish("after");

      assertThat(drain("stock", cursor, 1)).containsExactly("after");
    }
  }

  @Test
  void groupWithoutMembersMissesNothing() {
    open("stock", "a").close();
    publish("1", "2");

    try (var cursor = open("stock", "b")) {
      assertThat(drain("stock", cursor, 2)).containsExactly("1", "2");
    }
  }

  @Test
  void failedDeliveryIsRepeatedAfterItsDelayAndOthersGoOn() {
    try (var cursor = open("stock", "a")) {
      publish("1", "2");
      var first = next(cursor);
      settle("stock", first, new Outcome.Retry(Duration.ofSeconds(5)));

      var second = next(cursor);
      assertThat(second.message().id()).isEqualTo("2");
      acknowledge("stock", second);
      var again = next(cursor);
      assertThat(again.message().id()).isEqualTo("1");
      assertThat(again.attempt()).isEqualTo(2);
      acknowledge("stock", again);
      assertNothing(cursor);
    }
  }

  @Test
  void deliveryOfAMemberThatLeftGoesToAnother() {
    try (var other = open("stock", "b")) {
      var cursor = open("stock", "a");
      publish("1");
      var taken = cursor.take(SHORT);
      if (taken == null) {
        taken = next(cursor);
      }
      cursor.close();

      assertThat(cursor.closed()).isTrue();
      var again = next(other);
      assertThat(again.message().id()).isEqualTo("1");
      assertThat(again.attempt()).isEqualTo(2);
      acknowledge("stock", again);
    }
  }

  @Test
  void deliveryThatIsNotSettledInTimeGoesToAnother() {
    try (var cursor = open("stock", "a", BRISK, 10);
        var other = open("stock", "b", BRISK, 10)) {
      publish("1");
      var taken = next(cursor);

      var again = next(other);
      assertThat(again.message().id()).isEqualTo("1");
      assertThat(again.attempt()).isGreaterThan(taken.attempt());
    }
  }

  @Test
  void deliveryThatIsExtendedStaysWhereItIs() {
    var patience = Duration.ofSeconds(5);
    try (var cursor = open("stock", "a", patience, 10);
        var other = open("stock", "b", patience, 10)) {
      publish("1");
      var taken = next(cursor);

      for (int times = 0; times < 16; times++) {
        broker().extend(topic, "stock", List.of(taken.token()));
        assertNothing(other);
      }
      acknowledge("stock", taken);
    }
  }

  @Test
  void acknowledgementThatComesLateCounts() {
    try (var cursor = open("stock", "a", BRISK, 10);
        var other = open("stock", "b", BRISK, 10)) {
      publish("1");
      var taken = next(cursor);
      var _ = next(other);

      acknowledge("stock", taken);

      assertThat(other.take(BRISK.multipliedBy(3))).isNull();
    }
  }

  @Test
  void messageWithTheSameIdIsStoredOnce() {
    try (var cursor = open("stock", "a")) {
      publish("1", "1", "2", "1");

      assertThat(drain("stock", cursor, 2)).containsExactly("1", "2");
    }
  }

  @Test
  void messageGivenUpGoesToTheDeadLetterTopic() {
    try (var cursor = open("stock", "a");
        var dead = openDead("undertaker")) {
      publish("1");
      settle("stock", next(cursor), new Outcome.Dead(3, "no such\narticle ☠"));

      var letter = next(dead);
      assertThat(letter.message().id()).isEqualTo("1@stock");
      assertThat(letter.message().content()).isEqualTo(message("1").content());
      assertThat(letter.message().type()).isEqualTo("shop.Order");
      assertThat(letter.message().headers())
          .containsEntry("traceparent", "00-1-2-01")
          .containsEntry(Delivery.DEAD_TOPIC, topic)
          .containsEntry(Delivery.DEAD_GROUP, "stock")
          .containsEntry(Delivery.DEAD_ATTEMPTS, "3")
          .containsEntry(Delivery.DEAD_REASON, "no such article");
      assertNothing(cursor);
    }
  }

  @Test
  void messageThatNobodyLivesToSettleGoesToTheDeadLetterTopic() {
    try (var cursor = open("stock", "a", Duration.ofMillis(500), 2);
        var dead = openDead("undertaker")) {
      publish("1");
      assertThat(next(cursor).attempt()).isEqualTo(1);
      assertThat(next(cursor).attempt()).isEqualTo(2);

      TopicDelivery letter = null;
      for (int looks = 0; letter == null && looks < 50; looks++) {
        assertNothing(cursor);
        letter = dead.take(SHORT);
      }

      assertThat(letter).isNotNull();
      assertThat(Objects.requireNonNull(letter).message().headers())
          .containsEntry(Delivery.DEAD_ATTEMPTS, "2");
    }
  }

  @Test
  void secondCursorOfASubscriberEndsItsFirst() {
    var first = open("stock", "a");
    try (var second = open("stock", "a")) {
      publish("1");

      assertThat(drain("stock", second, 1)).containsExactly("1");
      assertThat(first.take(SHORT)).isNull();
      assertThat(first.closed()).isTrue();
    }
  }

  @Test
  void groupThatDoesNotLastGetsWhatIsPublishedWhileItIsThere() {
    try (var cursor =
        broker().open(new TopicSubscription(topic, "instance-1", "a", false, UNHURRIED, 10))) {
      publish("1");

      assertThat(drain("instance-1", cursor, 1)).containsExactly("1");
    }
  }

  @Test
  void topicsDoNotMix() {
    var other = topic + ".returned";
    try (var cursor = open("stock", "a");
        var returned =
            broker().open(new TopicSubscription(other, "stock", "a", true, UNHURRIED, 10))) {
      publish("1");
      broker()
          .publish(
              new TopicMessage("1", other, Instant.EPOCH, "T", "2", Map.of()),
              Deadline.after(LONG));

      assertThat(next(returned).message().content()).isEqualTo("2");
      assertThat(drain("stock", cursor, 1)).containsExactly("1");
    }
  }

  @Test
  void namesThatNoBrokerCanCarryAreRefused() {
    for (var name : Set.of("", "a b", "a..b", "a.*", ">", "ä", "a/b", ".a")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              broker()
                  .publish(
                      new TopicMessage("1", name, Instant.EPOCH, "T", "1", Map.of()),
                      Deadline.after(LONG)))
          .withMessageContaining("'" + name + "'");
    }
  }

  /// Ids of what is delivered again and again until all of them have come.
  ///
  /// @param wanted ids to wait for
  protected final Set<String> await(String group, Cursor cursor, List<String> wanted) {
    var seen = new TreeSet<String>();
    for (@Nullable TopicDelivery each = next(cursor); each != null; ) {
      seen.add(each.message().id());
      acknowledge(group, each);
      each = seen.containsAll(wanted) ? cursor.take(SHORT) : next(cursor);
    }
    return seen;
  }
}
