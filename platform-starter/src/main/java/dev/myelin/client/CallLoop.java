package dev.myelin.client;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Attempts a call until it has an answer, must not be repeated, or has no time left.
///
/// A failed attempt is repeated when
/// - it did not run: always, elsewhere if there is an elsewhere, and without a limit on their
///   number but the deadline's: an instance that is being replaced costs its callers a wait, not a
///   failure;
/// - it may have run: if the operation is idempotent, up to `maxAttempts`;
/// - it ran: never.
///
/// An exception that the operation threw is an answer. Between attempts that exhausted all
/// endpoints lies a wait that doubles, with jitter ("full jitter", Brooker, 2015). Thread-safe;
/// calls block only the calling thread.
final class CallLoop {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofMillis(500);

  private final String service;
  private final Target target;
  private final Channels channels;
  private final ClientSettings settings;
  private final @Nullable CallCounters counters;

  CallLoop(
      String service,
      Target target,
      Channels channels,
      ClientSettings settings,
      CallCounters counters) {
    this.service = service;
    this.target = target;
    this.channels = channels;
    this.settings = settings;
    this.counters = ServiceNames.reserved(service) ? null : counters;
  }

  String service() {
    return service;
  }

  /// Runs the call.
  ///
  /// @return its decoded result
  /// @throws Throwable what the operation threw, or [CallException]
  @Nullable Object run(Request request) throws Throwable {
    var progress = new Progress(request, Deadline.currentOr(request.rules().timeout()));
    try {
      var result = attempts(progress);
      ended(true);
      return result;
    } catch (OperationThrew e) {
      ended(true);
      throw e.thrown;
    } catch (InterruptedException e) {
      ended(false);
      Thread.currentThread().interrupt();
      throw progress.failure(
          new Outcome.Failed(
              Status.CANCELLED,
              progress.started ? Execution.MAY_HAVE_RUN : Execution.DID_NOT_RUN,
              "the calling thread was interrupted",
              dev.myelin.wire.Payload.EMPTY),
          e);
    } catch (CallException e) {
      ended(false);
      throw e;
    }
  }

  private void ended(boolean success) {
    if (counters != null) {
      counters.ended(success);
    }
  }

  private @Nullable Object attempts(Progress progress) throws InterruptedException, OperationThrew {
    while (true) {
      var endpoint = target.next(progress.tried, progress.deadline);
      if (endpoint == null) {
        throw progress.nobody();
      }
      progress.endpoint = endpoint;
      var answer = attempt(progress, endpoint);
      switch (answer) {
        case Answer.Result(var value) -> {
          return value;
        }
        case Answer.Thrown(var thrown) -> throw new OperationThrew(thrown);
        case Answer.Refused(var failed, var cause) -> {
          if (!progress.mayRepeat(failed)) {
            throw progress.failure(failed, cause);
          }
          progress.pause();
          // an attempt without time left could only blur what is known: that the last one did not
          // run
          if (progress.deadline.expired()) {
            throw progress.failure(failed, cause);
          }
          if (counters != null) {
            counters.retried();
          }
        }
      }
    }
  }

  private Answer attempt(Progress progress, Endpoint endpoint) throws InterruptedException {
    var request = progress.request;
    var reply = new PendingReply(progress.deadline);
    CallChannel channel;
    RemoteOperation remote;
    long id;
    try {
      channel = channels.channel(endpoint, progress.deadline);
      remote = request.resolve(channel, progress.deadline);
      id =
          channel.start(
              remote.index(), request.codec(), progress.deadline, request.encode(remote), reply);
    } catch (CallException e) {
      return new Answer.Refused(
          new Outcome.Failed(
              e.status(),
              e.execution(),
              String.valueOf(e.getMessage()),
              dev.myelin.wire.Payload.EMPTY),
          e);
    }
    progress.started = true;
    try {
      return switch (reply.await()) {
        case Outcome.Completed(var result) -> new Answer.Result(request.decode(remote, result));
        case Outcome.Failed failed when failed.thrown() ->
            new Answer.Thrown(request.thrown(failed.exception()));
        case Outcome.Failed failed -> new Answer.Refused(failed, null);
      };
    } catch (InterruptedException e) {
      channel.cancel(id);
      throw e;
    }
  }

  /// What an attempt brought, decoded.
  private sealed interface Answer {
    record Result(@Nullable Object value) implements Answer {}

    record Thrown(Throwable thrown) implements Answer {}

    record Refused(Outcome.Failed failed, @Nullable Throwable cause) implements Answer {}
  }

  /// Carries the operation's own exception past the handling of the call's failures.
  private static final class OperationThrew extends Exception {
    final Throwable thrown;

    OperationThrew(Throwable thrown) {
      super(null, null, false, false);
      this.thrown = thrown;
    }
  }

  /// One call's way through its attempts; used by its thread alone.
  private final class Progress {
    final Request request;
    final Deadline deadline;
    final Set<Endpoint> tried = new HashSet<>(4);
    final long startedAt = System.nanoTime();
    @Nullable Endpoint endpoint;
    boolean started;
    private int attempts;
    private int reached;
    private Duration backoff = FIRST_BACKOFF;

    Progress(Request request, Deadline deadline) {
      this.request = request;
      this.deadline = deadline;
    }

    boolean mayRepeat(Outcome.Failed failed) {
      attempts++;
      if (deadline.expired()) {
        return false;
      }
      return switch (failed.execution()) {
        case RAN -> false;
        case DID_NOT_RUN ->
            transientlyRefused(failed.status())
                && (target.balanced() || ++reached < settings.maxAttempts());
        case MAY_HAVE_RUN ->
            request.rules().idempotent()
                && failed.status() == Status.UNAVAILABLE
                && ++reached < settings.maxAttempts();
      };
    }

    private boolean transientlyRefused(Status status) {
      return switch (status) {
        case UNAVAILABLE, DRAINING, RESOURCE_EXHAUSTED -> true;
        // during a rolling upgrade another instance may have what this one lacks; one look at each
        case NOT_FOUND -> target.balanced() && endpoint != null && !tried.contains(endpoint);
        case DEADLINE_EXCEEDED, CANCELLED, INVALID_ARGUMENT, INCOMPATIBLE, FAILED, INTERNAL ->
            false;
      };
    }

    void pause() throws InterruptedException {
      boolean fresh = endpoint != null && tried.add(endpoint);
      if (fresh && target.balanced() && attempts < 3) {
        return;
      }
      long nanos = ThreadLocalRandom.current().nextLong(1, backoff.toNanos() + 1);
      TimeUnit.NANOSECONDS.sleep(Math.max(0, Math.min(nanos, deadline.remaining().toNanos())));
      backoff = backoff.multipliedBy(2);
      if (backoff.compareTo(LONGEST_BACKOFF) > 0) {
        backoff = LONGEST_BACKOFF;
        tried.clear();
      }
    }

    CallException failure(Outcome.Failed failed, @Nullable Throwable cause) {
      return new CallException(
          failed.status(),
          failed.execution(),
          "Call of '%s' of service '%s' failed after %s (%d attempts, last at %s): %s; %s"
              .formatted(
                  request.operation(),
                  service,
                  elapsed(),
                  Math.max(1, attempts),
                  endpoint,
                  failed.detail(),
                  consequence(failed.execution())),
          cause);
    }

    CallException nobody() {
      return new CallException(
          attempts == 0 ? Status.UNAVAILABLE : Status.DEADLINE_EXCEEDED,
          Execution.DID_NOT_RUN,
          "No instance of service '%s' took the call of '%s' within %s (%d attempts): none is known to serve; is the service started, and is this process told of it ('myelin.cluster.folder')?"
              .formatted(service, request.operation(), elapsed(), attempts));
    }

    private String elapsed() {
      return "%.1f s".formatted((System.nanoTime() - startedAt) / 1e9);
    }

    private static String consequence(Execution execution) {
      return switch (execution) {
        case DID_NOT_RUN -> "it did not run";
        case MAY_HAVE_RUN -> "it may have run";
        case RAN -> "it ran";
      };
    }
  }
}
