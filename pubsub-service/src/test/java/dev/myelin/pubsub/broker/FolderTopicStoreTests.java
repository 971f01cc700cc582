package dev.myelin.pubsub.broker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.CallException;
import dev.myelin.topic.broker.TopicStore.Contents;
import dev.myelin.topic.broker.TopicStore.GroupName;
import dev.myelin.wire.TopicMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderTopicStoreTests {

  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final GroupName STOCK = new GroupName("orders", "stock");
  private static final Retention LARGE = new Retention(Duration.ofDays(1), 1 << 20, 1 << 16);
  private static final Retention SMALL = new Retention(Duration.ofDays(1), 4_000, 1_000);

  @TempDir private Path folder;

  private FolderTopicStore store(Retention retention, Instant now) {
    return new FolderTopicStore(folder, retention, false, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static TopicMessage message(int id) {
    return new TopicMessage(
        Integer.toString(id), "orders", NOW, "T", "\"%0100d\"".formatted(id), Map.of("h", "v"));
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void messagesAndPositionsAreReadAgain() {
    try (var store = store(LARGE, NOW)) {
      assertThat(store.load()).isEqualTo(Contents.NONE);
      store.add(STOCK, 1, false);
      for (int id = 1; id <= 5; id++) {
        assertThat(store.append(message(id))).isEqualTo(id);
      }
      store.settle(STOCK, 1);
      store.settle(STOCK, 3);
    }

    try (var store = store(LARGE, NOW)) {
      var contents = store.load();

      assertThat(contents.last()).containsExactly(Map.entry("orders", 5L));
      assertThat(contents.recent()).containsEntry("orders", List.of("1", "2", "3", "4", "5"));
      var group = contents.groups().get(STOCK);
      assertThat(group).isNotNull();
      assertThat(group.lasting()).isFalse();
      assertThat(group.position().floor()).isEqualTo(1);
      assertThat(group.position().above()).containsExactly(3L);
      assertThat(store.read("orders", 4)).contains(message(4));
      assertThat(store.read("orders", 1)).as("settled by all").isEmpty();
      assertThat(store.append(message(6))).isEqualTo(6);
    }
  }

  @Test
  void entryThatWasLeftHalfWrittenIsCutOff() throws Exception {
    try (var store = store(LARGE, NOW)) {
      store.load();
      store.add(STOCK, 1, true);
      store.append(message(1));
      store.append(message(2));
    }
    var file = files().getFirst();
    var whole = Files.readAllBytes(file);

    for (int missing = 1; missing < 150; missing++) {
      Files.write(file, Arrays.copyOf(whole, whole.length - missing));
      try (var store = store(LARGE, NOW)) {
        assertThat(store.load().last()).containsEntry("orders", 1L);
        assertThat(store.append(message(3))).isEqualTo(2);
        assertThat(store.read("orders", 2)).contains(message(3));
      }
    }
  }

  @Test
  void garbageBehindTheLastEntryIsCutOff() throws Exception {
    try (var store = store(LARGE, NOW)) {
      store.load();
      store.append(message(1));
    }
    Files.write(files().getFirst(), new byte[64], StandardOpenOption.APPEND);

    try (var store = store(LARGE, NOW)) {
      assertThat(store.load().last()).containsEntry("orders", 1L);
      assertThat(store.append(message(2))).isEqualTo(2);
    }
  }

  @Test
  void oldestFilesGoWhenThereIsTooMuchAndPositionsStay() throws Exception {
    try (var store = store(SMALL, NOW)) {
      store.load();
      store.add(STOCK, 1, true);
      for (int id = 1; id <= 100; id++) {
        store.append(message(id));
      }
      store.settle(STOCK, 90);

      assertThat(store.read("orders", 1)).isEmpty();
      assertThat(store.read("orders", 100)).contains(message(100));
    }
    long size = 0;
    for (var file : files()) {
      size += Files.size(file);
    }
    assertThat(size).isLessThan(6_000);

    try (var store = store(SMALL, NOW)) {
      var contents = store.load();
      assertThat(contents.last()).containsEntry("orders", 100L);
      assertThat(requireNonNull(contents.groups().get(STOCK)).position().above())
          .containsExactly(90L);
    }
  }

  @Test
  void filesGoWhenTheyAreTooOld() throws Exception {
    try (var store = store(LARGE, NOW)) {
      store.load();
      store.add(STOCK, 1, true);
      store.append(message(1));
    }
    Files.setLastModifiedTime(files().getFirst(), FileTime.from(NOW));

    try (var store = store(LARGE, NOW.plus(Duration.ofHours(25)))) {
      assertThat(store.load().last()).containsEntry("orders", 1L);
      assertThat(store.append(message(2))).isEqualTo(2);
      assertThat(store.append(message(3))).isEqualTo(3);

      assertThat(store.read("orders", 1)).isEmpty();
      assertThat(store.read("orders", 2)).contains(message(2));
      assertThat(files()).hasSize(1);
    }
  }

  @Test
  void messagesOfManyThreadsAreNumberedOnce() throws Exception {
    var numbers = new ConcurrentSkipListSet<Long>();
    try (var store = store(LARGE, NOW)) {
      store.load();
      var threads = new ArrayList<Thread>();
      for (int thread = 0; thread < 8; thread++) {
        int first = thread * 100;
        threads.add(
            Thread.startVirtualThread(() -> {
              for (int id = first; id < first + 100; id++) {
                numbers.add(store.append(message(id)));
              }
            }));
      }
      for (var thread : threads) {
        thread.join();
      }
    }

    assertThat(numbers).hasSize(800);
    assertThat(new TreeSet<>(numbers).last()).isEqualTo(800);
  }

  @Test
  void storeThatIsClosedTakesNothing() {
    var store = store(LARGE, NOW);
    store.load();
    store.close();

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> store.append(message(1)))
        .withMessageContainingAll("'orders'", folder.toString(), "closed");
  }
}
