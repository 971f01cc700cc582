package dev.myelin.pubsub.broker;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.topic.broker.TopicStore;
import dev.myelin.wire.TopicMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages and positions in the files of a folder, which one process at a time may have.
///
/// - A message is in the file, and forced to the disk where that is asked for, before [#append]
///   returns. Messages that come while the disk is busy are forced together.
/// - Positions are written in the same order but waited for by nobody: the last ones may be lost by
///   a loss of power, and some of the last few milliseconds by a kill, after which their messages
///   are delivered again.
/// - In memory is the place of each message that a group has not settled, not the message.
public final class FolderTopicStore implements TopicStore {

  private static final Logger log = LoggerFactory.getLogger(FolderTopicStore.class);
  private static final Duration RECENT = Duration.ofMinutes(2);

  private final Path folder;
  private final Clock clock;
  private final JournalState state = new JournalState();
  private final MessageIndex index = new MessageIndex();
  private final JournalWriter writer;

  /// Creates one; nothing is read before [#load()].
  ///
  /// @param folder where the files are
  /// @param retention how long messages are kept
  /// @param force whether a message waits for the disk, so that it survives a loss of power too
  /// @param clock tells how old a file is
  public FolderTopicStore(Path folder, Retention retention, boolean force, Clock clock) {
    this.folder = folder;
    this.clock = clock;
    this.writer = new JournalWriter(new Journal(folder, retention, force, clock), state, index);
  }

  @Override
  public Contents load() {
    var recent = new HashMap<String, List<String>>();
    var since = clock.instant().minus(RECENT);
    try {
      writer.open(placed -> {
        if (placed.entry() instanceof Entry.Published(var sequence, var message)) {
          index.add(message.topic(), sequence, placed.location());
          note(message, since, recent);
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The topics in '%s' cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
    var contents = new Contents(state.last(), recent, state.groups());
    releaseSettled(contents);
    log.info(
        "folder={} topics={} groups={}", folder, contents.last().size(), contents.groups().size());
    return contents;
  }

  private static void note(TopicMessage message, Instant since, Map<String, List<String>> recent) {
    if (message.time().isAfter(since)) {
      recent.computeIfAbsent(message.topic(), _ -> new ArrayList<>()).add(message.id());
    }
  }

  private void releaseSettled(Contents contents) {
    contents
        .last()
        .forEach((topic, last) ->
            index.release(
                topic,
                1
                    + contents.groups().entrySet().stream()
                        .filter(group -> group.getKey().topic().equals(topic))
                        .mapToLong(group -> group.getValue().position().floor())
                        .min()
                        .orElse(last)));
  }

  @Override
  public long append(TopicMessage message) {
    try {
      // not to be interrupted: whoever gave up would not know of a message that is stored
      return writer.publish(message).join();
    } catch (CompletionException e) {
      throw new CallException(
          Status.UNAVAILABLE,
          Execution.MAY_HAVE_RUN,
          "Publication '%s' of topic '%s' was not stored in '%s': %s"
              .formatted(message.id(), message.topic(), folder, e.getCause()),
          e.getCause());
    }
  }

  @Override
  public Optional<TopicMessage> read(String topic, long sequence) {
    var location = index.find(topic, sequence);
    if (location.isEmpty()) {
      return Optional.empty();
    }
    try {
      return location.get().read().map(entry -> ((Entry.Published) entry).message());
    } catch (IOException e) {
      // deleted in the meantime, or unreadable
      if (index.find(topic, sequence).isEmpty()) {
        return Optional.empty();
      }
      throw new UncheckedIOException(
          "Message %d of topic '%s' cannot be read from '%s'"
              .formatted(sequence, topic, location.get().segment()),
          e);
    }
  }

  @Override
  public void add(GroupName group, long from, boolean lasting) {
    write(new Entry.Positioned(group, lasting, from - 1, List.of()));
  }

  @Override
  public void settle(GroupName group, long sequence) {
    write(new Entry.Settled(group, sequence));
  }

  @Override
  public void remove(GroupName group) {
    write(new Entry.Removed(group));
  }

  private void write(Entry entry) {
    var _ =
        writer
            .write(entry)
            .whenComplete((_, failure) -> {
              if (failure != null) {
                log.warn("{} is not stored, so messages may be delivered again", entry, failure);
              }
            });
  }

  @Override
  public void release(String topic, long below) {
    index.release(topic, below);
  }

  /// Writes what waits, and lets go of the files.
  @Override
  public void close() {
    writer.close();
  }
}
