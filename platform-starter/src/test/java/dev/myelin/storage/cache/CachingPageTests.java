package dev.myelin.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.memory.InMemoryEphemeralStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.cache.annotation.Cacheable;

/// The code of `docs/caching.md` is the code in here.
final class CachingPageTests {

  record Price(String article, int cents) {}

  static class Prices {

    private final AtomicInteger asked = new AtomicInteger();

    @Cacheable(cacheNames = "prices", sync = true)
    public Price price(String article) {
      return new Price(article, asked.incrementAndGet());
    }
  }

  @Test
  void codeOfThePageIsWhatRunsHere() throws IOException {
    var page = Files.readString(Path.of("../docs/caching.md"));
    var here =
        words(
            Files.readString(
                Path.of("src/test/java/dev/myelin/storage/cache/CachingPageTests.java")));
    var blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);

    assertThat(blocks.results().map(block -> words(block.group(1))).toList())
        .hasSize(2)
        .allSatisfy(block -> assertThat(here).contains(block));
  }

  @Test
  void storeCountsAndRemembers() {
    EphemeralStore store = new InMemoryEphemeralStore(1_000, System::nanoTime);
    var id = "7";
    boolean first = store.add("seen:" + id, new byte[] {1}, Duration.ofHours(1));
    long today = store.increment("visits", 1, Duration.ofDays(1));

    assertThat(first).isTrue();
    assertThat(today).isEqualTo(1);
    assertThat(new Prices().price("tea")).isEqualTo(new Price("tea", 1));
  }

  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
