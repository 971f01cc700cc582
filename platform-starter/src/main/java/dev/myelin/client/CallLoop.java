package dev.myelin.client;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.client.pick.Candidate;
import dev.myelin.wire.ServiceNames;
import org.jspecify.annotations.Nullable;

/// Attempts a call until it has an answer, must not be repeated, or has no time left.
///
/// A failed attempt is repeated when
/// - no instance had any work from it (no connection could be made, or the instance drains):
///   always, elsewhere if there is an elsewhere, and without a limit on their number but the
///   deadline's: an instance that is being replaced costs its callers a wait, not a failure;
/// - the instance refused it for lack of room: up to `maxAttempts`, within the service's
///   [RetryBudget];
/// - it may have run, because the connection broke: if the operation is idempotent, up to
///   `maxAttempts`, the first time free if another instance is known to answer, else within the
///   budget;
/// - it ran: never.
///
/// An exception that the operation threw is an answer, a failed call of its own included: so
/// services that call services do not multiply their retries. Between attempts that exhausted all
/// endpoints lies a wait that doubles, with jitter ("full jitter", Brooker, 2015). What is learnt
/// of the instances on the way goes to the [Target]. Thread-safe; calls block only the calling
/// thread.
final class CallLoop {

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
    target.budget().called();
    var progress =
        new CallProgress(
            request, Deadline.currentOr(request.rules().timeout()), target, settings.maxAttempts());
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
      throw progress.interrupted(e);
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

  private @Nullable Object attempts(CallProgress progress)
      throws InterruptedException, OperationThrew {
    while (true) {
      var candidate = target.next(progress, progress.deadline());
      if (candidate == null) {
        throw progress.nobody();
      }
      switch (attempt(progress, candidate)) {
        case Answer.Result(var value) -> {
          return value;
        }
        case Answer.Thrown(var thrown) -> throw new OperationThrew(thrown);
        case Answer.Refused(var failed, var cause) -> {
          progress.judge(failed);
          if (!progress.mayRepeat(failed)) {
            throw progress.failure(failed, cause);
          }
          progress.pause();
          // an attempt without time left could only blur what is known: that the last one did not
          // run
          if (progress.deadline().expired()) {
            throw progress.failure(failed, cause);
          }
          if (counters != null) {
            counters.retried();
          }
        }
      }
    }
  }

  private Answer attempt(CallProgress progress, Candidate candidate) throws InterruptedException {
    progress.attempt(candidate);
    candidate.started();
    try {
      return exchange(progress, candidate);
    } finally {
      candidate.ended();
    }
  }

  private Answer exchange(CallProgress progress, Candidate candidate) throws InterruptedException {
    var request = progress.request();
    var reply = new PendingReply(progress.deadline());
    CallChannel channel;
    RemoteOperation remote;
    long id;
    try {
      channel = channels.channel(candidate.endpoint(), progress.deadline());
      remote = request.resolve(channel, progress.deadline());
      id = channel.start(remote, request, progress.deadline(), reply);
    } catch (CallException e) {
      return new Answer.Refused(
          new Outcome.Failed(
              e.status(),
              e.execution(),
              String.valueOf(e.getMessage()),
              dev.myelin.wire.Payload.EMPTY),
          e);
    }
    progress.started();
    try {
      return switch (reply.await()) {
        case Outcome.Completed(var result) -> {
          candidate.answered();
          yield new Answer.Result(request.decode(remote, result));
        }
        case Outcome.Failed failed when failed.thrown() -> {
          candidate.answered();
          yield new Answer.Thrown(request.thrown(failed.exception()));
        }
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
}
