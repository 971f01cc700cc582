package dev.myelin.benchmarks.cluster;

import dev.myelin.wire.ApplicationView;
import dev.myelin.wire.ApplicationView.RolloutView;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Replaces the application's version by that of the same jar, whoever is killed meanwhile.
final class Rolling {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  private final RunningCluster cluster;
  private String refusal = "";

  Rolling(RunningCluster cluster) {
    this.cluster = cluster;
  }

  /// Asks for it and waits for its end.
  ///
  /// An answer may be lost with the process that was asked, so it is asked again as long as no
  /// rollout is seen; a second wish is refused while one is under way.
  ///
  /// @return how it ended
  /// @throws IOException if it did not begin or did not end
  RolloutView run() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var before = newest(awaitApplication(begin));
    long asked = begin - ASK_AGAIN.toNanos();
    while (true) {
      var application = awaitApplication(begin);
      var rollout = newest(application).equals(before) ? null : application.rollout();
      if (rollout != null && !rollout.phase().underWay()) {
        return rollout;
      }
      if (rollout == null && System.nanoTime() - asked > ASK_AGAIN.toNanos()) {
        ask();
        asked = System.nanoTime();
      }
      pause(begin, rollout == null ? "not begun; " + refusal : "under way: " + rollout);
    }
  }

  private static String newest(ApplicationView application) {
    var rollout = application.rollout();
    return (rollout == null ? application.current() : rollout.to()).version();
  }

  private void ask() {
    try {
      var answer =
          cluster.post(
              "/-/applications/primes", "{\"jar\": \"%s\"}".formatted(BuiltJars.application()));
      refusal = answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      refusal = e.toString();
    }
  }

  private ApplicationView awaitApplication(long begin) throws IOException, InterruptedException {
    while (true) {
      var found = application();
      if (found != null) {
        return found;
      }
      pause(begin, "nobody says how far it is; " + refusal);
    }
  }

  private @Nullable ApplicationView application() {
    try {
      return cluster.application();
    } catch (IOException e) {
      refusal = e.toString();
      return null;
    }
  }

  private static void pause(long begin, String state) throws IOException, InterruptedException {
    if (System.nanoTime() - begin > LIMIT.toNanos()) {
      throw new IOException("The rollout has not ended after %s: %s".formatted(LIMIT, state));
    }
    TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
  }
}
