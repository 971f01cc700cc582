package dev.myelin.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.memory.InMemoryEphemeralStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.cache.annotation.Cacheable;

/// The code of `docs/caching.md`, run.
final class CachingPageTests {

  record Price(String article, int cents) {}

  static class Prices {

    private final AtomicInteger asked = new AtomicInteger();

    // snippet: cached
    @Cacheable(cacheNames = "prices", sync = true)
    public Price price(String article) {
      return new Price(article, asked.incrementAndGet());
    }
    // end snippet
  }

  @Test
  void storeCountsAndRemembers() {
    EphemeralStore store = new InMemoryEphemeralStore(1_000, System::nanoTime);
    var id = "7";
    // snippet: store
    boolean first = store.add("seen:" + id, new byte[] {1}, Duration.ofHours(1));
    long today = store.increment("visits", 1, Duration.ofDays(1));
    // end snippet

    assertThat(first).isTrue();
    assertThat(today).isEqualTo(1);
    assertThat(new Prices().price("tea")).isEqualTo(new Price("tea", 1));
  }
}
