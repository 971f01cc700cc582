package dev.myelin.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.UnaskedOrchestrator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DemandNoticeTests {

  private final List<String> demanded = new ArrayList<>();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // tickers may wrap
  private final Recording orchestrator = new Recording();
  private final DemandNotice notice = new DemandNotice(() -> orchestrator, tasks::add, clock::get);

  private final class Recording extends UnaskedOrchestrator {

    boolean away;

    @Override
    public void demand(String service) {
      if (away) {
        throw new IllegalStateException("nobody acts");
      }
      demanded.add(service);
    }
  }

  private void notice(String service) {
    notice.noticed(service);
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void serviceIsDemandedOnceASecond() {
    notice("prices");
    notice("prices");
    notice("tax");
    pass(Duration.ofMillis(999));
    notice("prices");
    assertThat(demanded).containsExactly("prices", "tax");

    pass(Duration.ofMillis(1));
    notice("prices");
    assertThat(demanded).containsExactly("prices", "tax", "prices");
  }

  @Test
  void oneDemandIsUnderWayAtATime() {
    notice.noticed("prices");
    pass(Duration.ofSeconds(5));
    notice.noticed("prices");

    assertThat(tasks).hasSize(1);
  }

  @Test
  void failureIsNotTheCallers() {
    orchestrator.away = true;
    notice("prices");
    orchestrator.away = false;
    pass(Duration.ofSeconds(1));
    notice("prices");

    assertThat(demanded).containsExactly("prices");
  }

  @Test
  void coreServicesAreNotDemanded() {
    notice(ServiceNames.PUBSUB);

    assertThat(demanded).isEmpty();
  }
}
