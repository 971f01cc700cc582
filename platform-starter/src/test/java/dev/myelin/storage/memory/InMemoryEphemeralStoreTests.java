package dev.myelin.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.EphemeralStoreContractTests;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class InMemoryEphemeralStoreTests extends EphemeralStoreContractTests {

  private final AtomicLong now = new AtomicLong(-5);
  private final InMemoryEphemeralStore store = new InMemoryEphemeralStore(8_500_000, now::get);

  @Override
  protected EphemeralStore store() {
    return store;
  }

  @Override
  protected void awaitEndOfASecond() {
    now.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void valueIsThereUntilTheLastMoment() {
    store.put("key", new byte[1], Duration.ofSeconds(2));
    now.addAndGet(Duration.ofSeconds(2).toNanos() - 1);
    assertThat(store.get("key")).isPresent();
    now.incrementAndGet();
    assertThat(store.get("key")).isEmpty();
  }

  @Test
  void whatWasUsedLongestAgoGoesFirst() {
    var small = new InMemoryEphemeralStore(1_000, now::get);
    small.put("a", new byte[300], LONG);
    small.put("b", new byte[300], LONG);
    small.get("a");
    small.put("c", new byte[300], LONG);

    assertThat(small.get("a")).isPresent();
    assertThat(small.get("b")).isEmpty();
    assertThat(small.get("c")).isPresent();
  }

  @Test
  void limitOfNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryEphemeralStore(0, now::get));
  }
}
