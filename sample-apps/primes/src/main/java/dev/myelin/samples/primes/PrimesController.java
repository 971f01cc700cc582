package dev.myelin.samples.primes;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/// Counts primes on behalf of the page.
@RestController
@RequestMapping("/primes")
final class PrimesController {

  /// The answer to a small question.
  ///
  /// @param below the number below which primes were counted
  /// @param primes how many there are
  record Answer(long below, long primes) {}

  private static final long MOST_AT_ONCE = 1_000_000;
  private static final long MOST = 1_000_000_000;

  private final PrimeCounter counter;
  private final Counts counts;

  PrimesController(PrimeCounter counter, Counts counts) {
    this.counter = counter;
    this.counts = counts;
  }

  /// Counts by a single call, and answers when it is done.
  @GetMapping
  Answer countAtOnce(@RequestParam long below) {
    checkRange(below, MOST_AT_ONCE, "begin a larger count with POST");
    return new Answer(below, counter.count(0, below));
  }

  /// Begins to count in parallel; the answer says where to ask for the progress.
  @PostMapping
  ResponseEntity<Count.Progress> begin(@RequestParam long below) throws InterruptedException {
    checkRange(below, MOST, "larger ones would take hours");
    var progress = counts.begin(below).progress();
    return ResponseEntity.accepted()
        .location(URI.create("/primes/" + progress.job()))
        .body(progress);
  }

  /// Tells how far a count has come.
  @GetMapping("/{job}")
  Count.Progress progress(@PathVariable String job) {
    return counts
        .find(job)
        .map(Count::progress)
        .orElseThrow(() ->
            new ResponseStatusException(
                HttpStatus.NOT_FOUND, "No count '%s' was begun here lately".formatted(job)));
  }

  private static void checkRange(long below, long most, String otherwise) {
    if (below < 0 || below > most) {
      throw new IllegalArgumentException(
          "'below' is %,d, not between 0 and %,d; %s".formatted(below, most, otherwise));
    }
  }
}
