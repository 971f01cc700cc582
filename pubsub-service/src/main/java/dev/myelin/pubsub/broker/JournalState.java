package dev.myelin.pubsub.broker;

import dev.myelin.topic.broker.GroupPosition;
import dev.myelin.topic.broker.TopicStore.GroupName;
import dev.myelin.topic.broker.TopicStore.StoredGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the entries of a journal come to. Used by one thread at a time.
final class JournalState {

  private final Map<String, Long> last = new HashMap<>();
  private final Map<GroupName, StoredGroup> groups = new HashMap<>();

  void apply(Entry entry) {
    switch (entry) {
      case Entry.Published(var sequence, var message) ->
          last.merge(message.topic(), sequence, Math::max);
      case Entry.Positioned(var group, var lasting, var floor, var above) ->
          groups.put(group, new StoredGroup(new GroupPosition(floor, above), lasting));
      case Entry.Settled(var group, var sequence) -> {
        var stored = groups.get(group);
        if (stored != null) {
          var _ = stored.position().settle(sequence);
        }
      }
      case Entry.Removed(var group) -> groups.remove(group);
      case Entry.Counted(var topic, var number) -> last.merge(topic, number, Math::max);
    }
  }

  /// Number of the newest message of a topic, 0 if it never had one.
  long last(String topic) {
    return last.getOrDefault(topic, 0L);
  }

  Map<String, Long> last() {
    return Map.copyOf(last);
  }

  Map<GroupName, StoredGroup> groups() {
    var copy = new HashMap<GroupName, StoredGroup>();
    groups.forEach(
        (name, group) -> copy.put(name, new StoredGroup(group.position().copy(), group.lasting())));
    return copy;
  }

  /// Entries that come to the same, but for the messages.
  List<Entry> checkpoint() {
    return Stream.<Entry>concat(
            last.entrySet().stream()
                .map(topic -> new Entry.Counted(topic.getKey(), topic.getValue())),
            groups.entrySet().stream()
                .map(group ->
                    new Entry.Positioned(
                        group.getKey(),
                        group.getValue().lasting(),
                        group.getValue().position().floor(),
                        group.getValue().position().above())))
        .toList();
  }
}
