package dev.myelin.gateway.front;

import dev.myelin.Execution;
import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// The fronts that take HTTP requests, in turn. Thread-safe; each [Search] belongs to one request.
public final class Fronts {

  private final Resolver resolver;
  private final Duration limit;
  private final LongSupplier ticker;
  private final AtomicInteger turn = new AtomicInteger();

  /// Creates the list.
  ///
  /// @param resolver finds the fronts
  /// @param limit how long a request waits while there is none
  /// @param ticker interval clock, in nanoseconds
  public Fronts(Resolver resolver, Duration limit, LongSupplier ticker) {
    this.resolver = resolver;
    this.limit = limit;
    this.ticker = ticker;
  }

  Search search() {
    return new Search();
  }

  private static List<Member> in(Snapshot snapshot, InstanceState state) {
    return snapshot.members().stream().filter(member -> member.state() == state).toList();
  }

  /// A front and where it takes HTTP requests.
  record Choice(InstanceId id, Endpoint http) {}

  /// One request's search: no front is offered twice, and the waiting is limited as a whole.
  final class Search {

    private final long start = ticker.getAsLong();
    private final Set<InstanceId> refused = new HashSet<>();
    private Snapshot snapshot = resolver.snapshot(ServiceNames.FRONT);

    /// The next front: serving ones in turn, quarantined ones where none serves. Waits while there
    /// is none.
    ///
    /// @throws ProblemException if there is none in time
    Choice next() {
      while (true) {
        var running = running();
        var choices = choices(running);
        if (!choices.isEmpty()) {
          return choices.get(Math.floorMod(turn.getAndIncrement(), choices.size()));
        }
        if (!running.isEmpty() && running.stream().allMatch(m -> m.instance().http() == null)) {
          throw new ProblemException(
              new Problem(
                  ProblemType.NOT_FOUND,
                  "The application has no HTTP server: only operations of external services can be"
                      + " called."));
        }
        awaitChange();
      }
    }

    /// Takes note that a front could not be connected to.
    void refused(Choice choice) {
      refused.add(choice.id());
    }

    private List<Member> running() {
      var serving = in(snapshot, InstanceState.SERVING);
      return serving.isEmpty() ? in(snapshot, InstanceState.QUARANTINED) : serving;
    }

    private List<Choice> choices(List<Member> running) {
      return running.stream()
          .map(Member::instance)
          .filter(instance -> !refused.contains(instance.id()))
          .<Choice>mapMulti((instance, sink) -> {
            if (instance.http() != null) {
              sink.accept(new Choice(instance.id(), instance.http()));
            }
          })
          .toList();
    }

    private void awaitChange() {
      var left = limit.minusNanos(ticker.getAsLong() - start);
      try {
        var next =
            left.isPositive() ? resolver.awaitChange(ServiceNames.FRONT, snapshot, left) : snapshot;
        if (next.equals(snapshot)) {
          throw new ProblemException(unavailable());
        }
        snapshot = next;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new ProblemException(unavailable());
      }
    }

    private Problem unavailable() {
      return new Problem(
              ProblemType.UNAVAILABLE,
              "No front took the request within %s: %d known, %d could not be connected to."
                  .formatted(limit, snapshot.members().size(), refused.size()))
          .with("service", ServiceNames.FRONT)
          .with(Execution.DID_NOT_RUN);
    }
  }
}
