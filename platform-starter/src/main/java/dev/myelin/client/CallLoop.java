package dev.myelin.client;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.client.pick.Candidate;
import dev.myelin.transport.IoThread;
import dev.myelin.wire.Payload;
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

  Target target() {
    return target;
  }

  /// An attempt that is under way or over.
  ///
  /// @param candidate where
  /// @param channel by which connection
  /// @param remote how the operation is called there
  record Route(Candidate candidate, CallChannel channel, RemoteOperation remote) {}

  /// What an attempt came to that this class has not made itself.
  ///
  /// @param route where it was made
  /// @param outcome what came back
  /// @param cause why it could not be sent, if it could not
  record Landing(Route route, Outcome outcome, @Nullable CallException cause) {}

  /// Runs the call.
  ///
  /// @return its decoded result
  /// @throws Throwable what the operation threw, or [CallException]
  /// @throws IllegalStateException on a thread that must not wait
  @Nullable Object run(Request request) throws Throwable {
    if (IoThread.current()) {
      var refusal =
          new IllegalStateException(
              "'%s' of service '%s' was called on a thread that reads the network and must not wait: by an operation declared inline, or by a function attached to the future of one. Leave out 'inline', or attach the function by an '...Async' method."
                  .formatted(request.operation(), service));
      var observation = request.observation();
      if (observation != null) {
        observation.threw(refusal);
      }
      throw refusal;
    }
    return finish(begin(request), null);
  }

  /// Begins a call, for the current thread's deadline.
  CallProgress begin(Request request) {
    target.budget().called();
    return new CallProgress(
        request, Deadline.currentOr(request.rules().timeout()), target, settings.maxAttempts());
  }

  /// Where an attempt can be sent without waiting for anything; null if nowhere.
  @Nullable Route ready(CallProgress progress) {
    var candidate = target.now(progress);
    var channel = candidate == null ? null : channels.ready(candidate.endpoint());
    var remote = channel == null ? null : progress.request().resolved(channel);
    return candidate == null || channel == null || remote == null
        ? null
        : new Route(candidate, channel, remote);
  }

  /// Takes a call from its first attempt, if one was made, to its end.
  ///
  /// @param first what the first attempt came to; null = none was made yet
  /// @return its decoded result
  /// @throws Throwable what the operation threw, or [CallException]
  @Nullable Object finish(CallProgress progress, @Nullable Landing first) throws Throwable {
    var observation = progress.request().observation();
    try {
      var result = attempts(progress, first);
      ended(true);
      if (observation != null) {
        observation.succeeded();
      }
      return result;
    } catch (OperationThrew e) {
      ended(true);
      if (observation != null) {
        observation.threw(e.thrown);
      }
      throw e.thrown;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(progress, progress.interrupted(e));
    } catch (CallException e) {
      throw failed(progress, e);
    }
  }

  private CallException failed(CallProgress progress, CallException failure) {
    ended(false);
    var observation = progress.request().observation();
    if (observation != null) {
      observation.failed(failure);
    }
    return failure;
  }

  private void ended(boolean success) {
    if (counters != null) {
      counters.ended(success);
    }
  }

  private @Nullable Object attempts(CallProgress progress, @Nullable Landing first)
      throws InterruptedException, OperationThrew {
    var landing = first;
    while (true) {
      var answer = landing == null ? attempt(progress) : answer(progress, landing);
      landing = null;
      switch (answer) {
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

  private Answer attempt(CallProgress progress) throws InterruptedException {
    var candidate = target.next(progress, progress.deadline());
    if (candidate == null) {
      throw progress.nobody();
    }
    progress.attempt(candidate);
    try {
      return exchange(progress, candidate);
    } finally {
      candidate.ended();
    }
  }

  private Answer exchange(CallProgress progress, Candidate candidate) throws InterruptedException {
    var request = progress.request();
    var reply = new PendingReply(progress.deadline());
    Route route;
    long id;
    try {
      var channel = channels.channel(candidate.endpoint(), progress.deadline(), target.balanced());
      route = new Route(candidate, channel, request.resolve(channel, progress.deadline()));
      id = send(progress, route, reply);
    } catch (CallException e) {
      return new Answer.Refused(failed(e), e);
    }
    try {
      return answer(progress, new Landing(route, reply.await(), null));
    } catch (InterruptedException e) {
      route.channel().cancel(id);
      throw e;
    }
  }

  /// Sends an attempt.
  ///
  /// @return its number on the connection
  /// @throws CallException that it did not run, if it could not be sent
  long send(CallProgress progress, Route route, PendingCall reply) {
    var request = progress.request();
    long id = route.channel().start(route.remote(), request, progress.deadline(), reply);
    progress.started();
    return id;
  }

  /// What the exception about an attempt says of it.
  static Outcome.Failed failed(CallException e) {
    return new Outcome.Failed(
        e.status(), e.execution(), String.valueOf(e.getMessage()), Payload.EMPTY);
  }

  private static Answer answer(CallProgress progress, Landing landing) {
    var request = progress.request();
    var candidate = landing.route().candidate();
    return switch (landing.outcome()) {
      case Outcome.Completed(var result) -> {
        progress.answered();
        yield new Answer.Result(request.decode(landing.route().remote(), result));
      }
      case Outcome.Failed failed when failed.thrown() -> {
        candidate.answered();
        yield new Answer.Thrown(request.thrown(failed.exception()));
      }
      case Outcome.Failed failed -> new Answer.Refused(failed, landing.cause());
    };
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
