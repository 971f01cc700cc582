package dev.myelin.samples.primes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Calls the sleeper several times at once.
@RestController
final class SleepController {

  /// What became of the calls.
  ///
  /// @param times calls made, all of them answered
  /// @param slept sum of the times slept, as the service measured them
  /// @param elapsed time from the first call to the last answer, as the caller measured it
  record Answer(int times, Duration slept, Duration elapsed) {}

  private static final int MOST_TIMES = 1_000;
  private static final int CALLS_IN_FLIGHT = 8;

  private final Sleeper sleeper;

  SleepController(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /// Sleeps some times in parallel, and answers when every call has been answered.
  @GetMapping("/sleep")
  Answer sleep(@RequestParam long millis, @RequestParam(defaultValue = "1") int times)
      throws InterruptedException, ExecutionException {
    if (times < 1 || times > MOST_TIMES) {
      throw new IllegalArgumentException(
          "'times' is %,d, not between 1 and %,d".formatted(times, MOST_TIMES));
    }
    var time = Duration.ofMillis(millis);
    var start = System.nanoTime();
    var slept = Duration.ZERO;
    try (var calls = new BoundedCalls(CALLS_IN_FLIGHT)) {
      var answers = new ArrayList<Future<Duration>>(times);
      for (var i = 0; i < times; i++) {
        answers.add(calls.start(() -> sleeper.sleep(time)));
      }
      for (var answer : answers) {
        slept = slept.plus(answer.get());
      }
    }
    return new Answer(times, slept, Duration.ofNanos(System.nanoTime() - start));
  }
}
