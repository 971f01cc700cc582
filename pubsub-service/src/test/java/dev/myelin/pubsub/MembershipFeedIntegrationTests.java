package dev.myelin.pubsub;

import static dev.myelin.membership.Members.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.MembershipFeed;
import dev.myelin.membership.PubSubs;
import dev.myelin.membership.VirtualScheduler;
import dev.myelin.pubsub.delivery.Deliveries;
import dev.myelin.pubsub.delivery.Departures;
import dev.myelin.pubsub.membership.Generation;
import dev.myelin.pubsub.membership.InMemoryMemberStore;
import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.pubsub.membership.MemberStore;
import dev.myelin.pubsub.membership.MembershipHistory;
import dev.myelin.pubsub.membership.MembershipLog;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The starter's feed and this service's log, deliveries and acknowledgements, against each other.
final class MembershipFeedIntegrationTests {

  private static final List<String> SERVICES = List.of("a", "b", "c");

  private final VirtualScheduler scheduler = new VirtualScheduler();
  private final MemberStore store = new InMemoryMemberStore();
  private int term;
  private MembershipLog log = open();
  private Deliveries deliveries = deliver();
  private final MembershipFeed feed =
      new MembershipFeed(
          new InstanceId("me"),
          PubSubs.only(() -> new Served(deliveries)),
          _ -> List.of(),
          scheduler,
          scheduler,
          new Random(1));

  /// A pubsub that is only subscribed to.
  private record Served(Deliveries deliveries) implements SubscribedPubSub {

    @Override
    public Flow.Publisher<MembershipUpdate> subscribe(MembershipSubscription subscription) {
      return deliveries.publisher(subscription);
    }

    @Override
    public void acknowledge(InstanceId subscriber, long version) {
      deliveries.acknowledge(subscriber, version);
    }
  }

  private MembershipLog open() {
    var generation = new Generation("cluster", ++term);
    return new MembershipLog(
        new MembershipHistory(64),
        new MembershipLog.Opening(generation.toString(), generation.firstVersion()),
        store,
        () -> 0);
  }

  private Deliveries deliver() {
    return new Deliveries(
        log.history(),
        scheduler::execute,
        16,
        new Departures(Duration.ofSeconds(10), scheduler::nanoTime));
  }

  private void restart() {
    var before = deliveries;
    log = open();
    deliveries = deliver();
    before.close();
  }

  private List<Member> members(String service) {
    return log.history().contents().members().stream()
        .map(Held::member)
        .filter(member -> member.instance().services().contains(service))
        .toList();
  }

  private void assertConverged() {
    scheduler.advance(Duration.ofSeconds(10));
    for (var service : SERVICES) {
      assertThat(feed.snapshot(service).members()).as(service).isEqualTo(members(service));
    }
    assertThat(deliveries.report(log.history().version()).pending()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void feedConvergesWhateverHappens(long seed) {
    var random = new Random(seed);
    SERVICES.forEach(feed::snapshot);
    feed.start();

    for (int step = 0; step < 500; step++) {
      switch (random.nextInt(12)) {
        case 0 -> restart();
        case 1 -> deliveries.close();
        case 2, 3 -> scheduler.advance(Duration.ofMillis(random.nextInt(400)));
        case 4 -> assertConverged();
        default -> change(random);
      }
    }

    assertConverged();
    assertThat(scheduler.failures()).isEmpty();
  }

  private void change(Random random) {
    var id = "i-" + random.nextInt(30);
    switch (random.nextInt(5)) {
      case 0, 1 -> log.register(instance(id, SERVICES.get(random.nextInt(3))));
      case 2 -> {
        var changes = Announcement.Change.values();
        log.announce(
            new Announcement(
                new InstanceId(id), changes[random.nextInt(changes.length)], "test", 1));
      }
      case 3 -> log.name(new InstanceId(id), SERVICES.get(random.nextInt(3)), 1);
      default -> log.deregister(new InstanceId(id), "test");
    }
  }

  @Test
  void restartedPubsubNeverShowsFewerMembersThanThereAre() throws Exception {
    log.register(instance("a-1", "a"));
    log.register(instance("a-2", "a"));
    feed.snapshot("a");
    feed.start();
    scheduler.advance(Duration.ofSeconds(1));
    var sizes = new TreeSet<Integer>();
    try (var _ = feed.listen("a", snapshot -> sizes.add(snapshot.members().size()))) {
      for (int restarts = 0; restarts < 5; restarts++) {
        restart();
        scheduler.advance(Duration.ofSeconds(5));
      }
    }

    assertThat(sizes).containsExactly(2);
    assertConverged();
  }
}
