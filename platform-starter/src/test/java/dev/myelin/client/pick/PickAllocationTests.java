package dev.myelin.client.pick;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.myelin.Strategy;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A pick makes no object, by whatever strategy: there is one for each call.
class PickAllocationTests {

  private static final int PICKS = 20_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final PickScene scene = new PickScene();

  @ParameterizedTest
  @EnumSource
  void pickAllocatesNothing(Strategy strategy) {
    scene.serving(50);
    var picker =
        new Pickers(Duration.ofSeconds(10), "10.0.0.1")
            .create(strategy, List.of("10.0.0.2", "10.0.0.1"), 0.8);
    var call = PickScene.Call.of("order-17");
    pick(picker, call);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    pick(picker, call);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    // a smallest object for each pick would be sixteen bytes
    assertThat(allocated / (double) PICKS).isLessThan(1);
  }

  private void pick(Picker picker, Choice choice) {
    for (int i = 0; i < PICKS; i++) {
      var picked = picker.pick(scene.candidates(), choice);
      if (picked != null) {
        long startedAt = picked.started();
        picked.answered(startedAt);
        picked.ended();
      }
    }
  }
}
