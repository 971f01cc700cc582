package dev.myelin.benchmarks.load;

import dev.myelin.benchmarks.basket.Orders;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Callers that each make their next call as soon as the last one is answered.
///
/// The rate counts the calls answered between the start and the end, by the time between them; a
/// call in flight at the end is waited for and not counted. Every reply is compared with the right
/// one.
final class ClosedLoop {
  private final Caller caller;
  private final CallerKind kind;
  private final Orders orders;

  ClosedLoop(Caller caller, CallerKind kind, Orders orders) {
    this.caller = caller;
    this.kind = kind;
    this.orders = orders;
  }

  /// Runs a number of callers for a time.
  ///
  /// @throws IllegalStateException if a call failed or was answered wrongly, with that as its cause
  Phase run(int callers, Duration duration) throws InterruptedException {
    var run = new LoopRun(callers);
    var tallies =
        IntStream.range(0, callers)
            .mapToObj(first -> new Tally(orders, first, callers == 1))
            .toList();
    var start = System.nanoTime();
    for (var tally : tallies) {
      begin(run, tally);
    }
    run.letRunFor(duration);
    var elapsed = Duration.ofNanos(System.nanoTime() - start);
    run.awaitCallers();
    return phase(tallies, elapsed);
  }

  private void begin(LoopRun run, Tally tally) {
    switch (caller) {
      case Caller.Blocking blocking -> {
        var threads = kind == CallerKind.PLATFORM ? Thread.ofPlatform() : Thread.ofVirtual();
        threads.name("caller").start(() -> run.callInTurn(blocking, tally));
      }
      // not from this thread, which could not end a chain whose calls are all answered at once
      case Caller.Async async ->
          Thread.startVirtualThread(() -> new AsyncChain(run, async, tally).proceed());
    }
  }

  private static Phase phase(List<Tally> tallies, Duration elapsed) {
    var calls = tallies.stream().mapToLong(Tally::calls).sum();
    var latency = tallies.size() == 1 ? tallies.getFirst().latency() : null;
    return new Phase(tallies.size(), calls, calls * 1e9 / elapsed.toNanos(), latency);
  }
}
