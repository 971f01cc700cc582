package dev.myelin.storage.settle;

import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectStoreContractTests;
import dev.myelin.storage.ScanPosition;
import dev.myelin.storage.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The example of the page on bringing one's own store, under the contract suite.
final class OwnStoreTests extends ObjectStoreContractTests {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final ObjectStore store =
      new SettlingObjectStore(
          new MapTable(now::get),
          ObjectLimits.DEFAULT,
          Settling.within(Duration.ofSeconds(5)),
          RandomGenerator.getDefault());

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  // snippet: table
  /// A table in a map: what a server would do, in one process.
  static final class MapTable implements VersionedTable {

    private record Row(Written written, Instant end) {}

    private final ConcurrentSkipListMap<String, Row> rows = new ConcurrentSkipListMap<>();
    private final InstantSource clock;

    MapTable(InstantSource clock) {
      this.clock = clock;
    }

    @Override
    public String name() {
      return "the map";
    }

    @Override
    public synchronized boolean write(Write write) {
      var found = read(write.key()).map(row -> row.object().version());
      return switch (write) {
        case Write.Create(var key, var version, var state, var timeToLive) ->
            found.isEmpty() && put(new StoredObject(key, version, state), 0, timeToLive);
        case Write.Replace(var key, var expected, var state, var timeToLive, var writer) ->
            found.filter(expected::equals).isPresent()
                && put(new StoredObject(key, expected.next(), state), writer, timeToLive);
        case Write.Delete(var key, var expected) ->
            found.filter(expected::equals).isPresent() && rows.remove(key.toString()) != null;
      };
    }

    private boolean put(StoredObject object, long writer, @Nullable Duration timeToLive) {
      var end = timeToLive == null ? Instant.MAX : clock.instant().plus(timeToLive);
      rows.put(object.key().toString(), new Row(new Written(object, writer), end));
      return true;
    }

    @Override
    public Optional<Written> read(ObjectKey key) {
      return Optional.ofNullable(rows.get(key.toString())).filter(this::lives).map(Row::written);
    }

    @Override
    public ObjectPage scan(String type, @Nullable String from, int limit) {
      var after = ScanPosition.parse(from, 1).after();
      var objects =
          rows.subMap(type + "/" + after, false, type + "0", false).values().stream()
              .filter(this::lives)
              .map(row -> row.written().object())
              .limit(limit + 1L)
              .toList();
      if (objects.size() <= limit) {
        return new ObjectPage(objects, null);
      }
      var page = objects.subList(0, limit);
      return new ObjectPage(page, new ScanPosition(0, page.getLast().key().id()).toString());
    }

    private boolean lives(Row row) {
      return row.end().isAfter(clock.instant());
    }
  }

  // end snippet

  // snippet: bean
  @Configuration(proxyBeanMethods = false)
  static class OwnStore {

    @Bean
    ObjectStore objectStore() {
      return new SettlingObjectStore(
          new MapTable(Clock.systemUTC()),
          ObjectLimits.DEFAULT,
          Settling.within(Duration.ofSeconds(5)),
          RandomGenerator.getDefault());
    }
  }
  // end snippet
}
