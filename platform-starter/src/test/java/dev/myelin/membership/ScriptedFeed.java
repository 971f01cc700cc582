package dev.myelin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A feed on a virtual scheduler, before a pubsub that a test speaks for.
final class ScriptedFeed {

  final VirtualScheduler scheduler = new VirtualScheduler();
  final ScriptedPubSub pubsub = new ScriptedPubSub();
  final Map<String, List<Instance>> core = new HashMap<>();
  final MembershipFeed feed =
      new MembershipFeed(
          new InstanceId("me"),
          PubSubs.only(() -> pubsub),
          service -> core.getOrDefault(service, List.of()),
          scheduler,
          scheduler,
          new Random(1));

  /// Starts the feed once the services have been asked for.
  void start(String... services) {
    for (var service : services) {
      assertThat(feed.snapshot(service)).isSameAs(Snapshot.EMPTY);
    }
    feed.start();
    scheduler.runDue();
  }

  /// The newest subscription.
  ScriptedPubSub.Stream stream() {
    return pubsub.stream();
  }
}
