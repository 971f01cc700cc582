package dev.myelin.pubsub.broker;

import dev.myelin.wire.TopicMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes a journal. What waits when it comes by is written at once, and forced
/// to the disk once. Thread-safe.
final class JournalWriter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);
  private static final int MOST = 1_000;
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final Journal journal;
  private final JournalState state;
  private final MessageIndex index;
  private final LinkedBlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
  private volatile @Nullable Thread thread;
  private volatile boolean closed;

  JournalWriter(Journal journal, JournalState state, MessageIndex index) {
    this.journal = journal;
    this.state = state;
    this.index = index;
  }

  sealed interface Task {

    /// What it is called off with.
    CompletableFuture<?> done();

    record Publish(TopicMessage message, CompletableFuture<Long> done) implements Task {}

    record Write(Entry entry, CompletableFuture<@Nullable Void> done) implements Task {}

    record End(CompletableFuture<@Nullable Void> done) implements Task {}
  }

  /// Reads what was written before, then begins to write.
  void open(Consumer<Journal.Placed> reader) throws IOException {
    journal.open(placed -> {
      state.apply(placed.entry());
      reader.accept(placed);
    });
    thread = Thread.ofPlatform().daemon().name("myelin-topic-journal").start(this::work);
  }

  CompletableFuture<Long> publish(TopicMessage message) {
    var task = new Task.Publish(message, new CompletableFuture<>());
    add(task);
    return task.done();
  }

  CompletableFuture<@Nullable Void> write(Entry entry) {
    var task = new Task.Write(entry, new CompletableFuture<>());
    add(task);
    return task.done();
  }

  private void add(Task task) {
    tasks.add(task);
    if (closed) {
      failAll(new IOException("the journal is closed"));
    }
  }

  private void work() {
    var batch = new ArrayList<Task>();
    try {
      while (batch.stream().noneMatch(Task.End.class::isInstance)) {
        batch.clear();
        batch.add(tasks.take());
        tasks.drainTo(batch, MOST);
        handle(batch);
      }
    } catch (InterruptedException e) {
      log.error("The writer of a topic journal was interrupted", e);
    } finally {
      closed = true;
      failAll(new IOException("the journal is closed"));
      journal.close();
    }
  }

  private void failAll(IOException reason) {
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      task.done().completeExceptionally(reason);
    }
  }

  private void handle(List<Task> batch) {
    try {
      write(batch);
      journal.expire(this::deleted);
    } catch (IOException | RuntimeException e) {
      log.error("A topic journal cannot be written", e);
      batch.forEach(task -> task.done().completeExceptionally(e));
    }
  }

  private void write(List<Task> batch) throws IOException {
    var entries = entries(batch);
    if (!entries.isEmpty()) {
      boolean durable = entries.stream().anyMatch(Entry.Published.class::isInstance);
      var encoded = entries.stream().map(EntryFormat::encode).toList();
      var locations = journal.append(encoded, durable, state::checkpoint);
      for (int i = 0; i < entries.size(); i++) {
        var entry = entries.get(i);
        state.apply(entry);
        if (entry instanceof Entry.Published(var sequence, var message)) {
          index.add(message.topic(), sequence, locations.get(i));
        }
      }
    }
    complete(batch, entries);
  }

  private List<Entry> entries(List<Task> batch) {
    var last = new HashMap<String, Long>();
    var entries = new ArrayList<Entry>();
    for (var task : batch) {
      switch (task) {
        case Task.Publish(var message, _) -> {
          long sequence =
              last.merge(message.topic(), state.last(message.topic()) + 1, (one, _) -> one + 1);
          entries.add(new Entry.Published(sequence, message));
        }
        case Task.Write(var entry, _) -> entries.add(entry);
        case Task.End _ -> {}
      }
    }
    return entries;
  }

  private static void complete(List<Task> batch, List<Entry> entries) {
    int written = 0;
    for (var task : batch) {
      switch (task) {
        case Task.Publish(_, var done) ->
            done.complete(((Entry.Published) entries.get(written++)).sequence());
        case Task.Write(_, var done) -> {
          written++;
          done.complete(null);
        }
        case Task.End(var done) -> done.complete(null);
      }
    }
  }

  private void deleted(Segment segment) {
    Map<String, Integer> lost = index.remove(segment);
    if (lost.isEmpty()) {
      log.info("file={} state=deleted reason=retention", segment);
    } else {
      log.warn("file={} state=deleted reason=retention undelivered={}", segment, lost);
    }
  }

  @Override
  public void close() {
    var writing = thread;
    if (writing == null) {
      return;
    }
    add(new Task.End(new CompletableFuture<>()));
    try {
      if (!writing.join(FAREWELL)) {
        log.warn("A topic journal is still being written after {}", FAREWELL);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
