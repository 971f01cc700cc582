package dev.myelin.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectStoreContractTests;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class InMemoryObjectStoreTests extends ObjectStoreContractTests {

  /// So that the ticker wraps around while objects live.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 500_000_000);

  private final InMemoryObjectStore store =
      new InMemoryObjectStore(ObjectLimits.DEFAULT, nanos::get, RandomGenerator.getDefault());

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected int writesPerCaller() {
    return 2_000;
  }

  @Override
  protected void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void memoryOfWhatIsOutOfTimeIsGivenBackByLaterWrites() {
    for (int n = 0; n < 1_000; n++) {
      var key = key();
      var version = store.create(key, new byte[1], Duration.ofSeconds(1 + n % 7)).orElseThrow();
      store.replace(key, version, new byte[1], Duration.ofSeconds(1 + n % 5));
    }
    assertThat(store.size()).isEqualTo(1_000);

    pass(Duration.ofSeconds(10));
    store.create(key(), new byte[1], null);

    assertThat(store.size()).isEqualTo(1);
  }
}
