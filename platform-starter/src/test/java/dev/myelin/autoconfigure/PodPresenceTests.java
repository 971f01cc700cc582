package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PodPresenceTests {

  private static final InstanceId SELF = new InstanceId("core-10-244-0-7");

  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void coreWhenStillListedIsWaitedFor() throws InterruptedException {
    var presence =
        new PodPresence(id -> id.equals(SELF) && looks.incrementAndGet() <= 3, nanos::get);

    presence.awaitUnlisted(SELF, Duration.ofMillis(200));

    assertThat(looks).hasValue(4);
  }

  @Test
  void coreWhenListedForEverEndsAtTheLimit() throws InterruptedException {
    var presence =
        new PodPresence(
            _ -> {
              nanos.addAndGet(Duration.ofSeconds(1).toNanos());
              return looks.incrementAndGet() > 0;
            },
            nanos::get);

    presence.awaitUnlisted(SELF, Duration.ofSeconds(3));

    assertThat(looks).hasValue(3);
  }
}
