package dev.myelin.benchmarks.objects;

import dev.myelin.benchmarks.faults.Pause;
import dev.myelin.benchmarks.myelin.Instances;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// A [StallingStore] that the hosts call as a service: nothing is slow, so that many operations
/// meet.
final class StallingServer implements TrialStore {

  private static final Duration STALLED = Duration.ofSeconds(1);
  private static final double LOSSY = 0.01;

  private final StallingStore store = new StallingStore(LOSSY);
  private final Instances<SharedStore> served;
  private int stalls;

  /// Starts it.
  StallingServer() throws IOException {
    this.served = Instances.open(SharedStore.class, List.of(store));
  }

  @Override
  public List<String> arguments() {
    return List.of("--store=" + served.endpoints().getFirst().port());
  }

  @Override
  public void mishap(Random random) throws InterruptedException {
    store.stall();
    stalls++;
    Pause.of(STALLED);
    store.goOn();
  }

  @Override
  public String told() {
    return String.format(
        Locale.ROOT,
        "the store stalled %d times for %d s, the answers to %,d of its %,d writes lost",
        stalls,
        STALLED.toSeconds(),
        store.lost(),
        store.writes());
  }

  @Override
  public void close() {
    store.goOn();
    served.close();
  }
}
