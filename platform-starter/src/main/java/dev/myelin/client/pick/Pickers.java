package dev.myelin.client.pick;

import dev.myelin.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// Makes the picker of each strategy.
///
/// @param slowStart time in which a new instance comes to its full share
/// @param ownHost host of this process
public record Pickers(Duration slowStart, String ownHost) {

  /// Makes one.
  ///
  /// @param strategy how it chooses
  /// @param hosts preferred hosts, best first
  /// @param threshold congestion above which a preferred instance gives calls away
  public Picker create(Strategy strategy, List<String> hosts, double threshold) {
    return create(strategy, hosts, threshold, new OfThread());
  }

  Picker create(Strategy strategy, List<String> hosts, double threshold, RandomGenerator random) {
    return switch (strategy) {
      case ROUND_ROBIN -> new RoundRobinPicker(random);
      case LEAST_LOADED -> new LeastLoadedPicker(random, slowStart);
      case STICKY -> new StickyPicker(new RoundRobinPicker(random));
      case SINGLE -> new SinglePicker(new RoundRobinPicker(random));
      case ORCHESTRATED -> new OrchestratedPicker();
      case PREFERRED ->
          new PreferredPicker(hosts, ownHost, threshold, new LeastLoadedPicker(random, slowStart));
    };
  }

  /// The generator of whichever thread picks: one shared by all would be a point of contention.
  private static final class OfThread implements RandomGenerator {

    @Override
    public long nextLong() {
      return ThreadLocalRandom.current().nextLong();
    }

    @Override
    public int nextInt(int bound) {
      return ThreadLocalRandom.current().nextInt(bound);
    }

    @Override
    public double nextDouble() {
      return ThreadLocalRandom.current().nextDouble();
    }
  }
}
