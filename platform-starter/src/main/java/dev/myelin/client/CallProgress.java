package dev.myelin.client;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.client.pick.Candidate;
import dev.myelin.client.pick.Choice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One call's way through its attempts: where it was, and whether it may go on. Used by the call's
/// thread alone.
final class CallProgress implements Choice {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofMillis(500);

  private final Request request;
  private final Deadline deadline;
  private final Target target;
  private final int maxAttempts;
  private final long startedAt = System.nanoTime();
  private List<Candidate> tried = List.of();
  private @Nullable Candidate candidate;
  private long attemptedAt;
  private boolean underWay;
  private boolean mayHaveRun;
  private boolean spared;
  private boolean overBudget;
  private int attempts;
  private int reached;
  private String refusal = "";
  private Duration backoff = FIRST_BACKOFF;

  CallProgress(Request request, Deadline deadline, Target target, int maxAttempts) {
    this.request = request;
    this.deadline = deadline;
    this.target = target;
    this.maxAttempts = maxAttempts;
  }

  Request request() {
    return request;
  }

  Deadline deadline() {
    return deadline;
  }

  /// The next attempt goes there; [Candidate#ended()] has to follow.
  void attempt(Candidate to) {
    candidate = to;
    attemptedAt = to.started();
  }

  /// The attempt brought a result.
  void answered() {
    Objects.requireNonNull(candidate).answered(attemptedAt);
  }

  /// The attempt is on its way: from now on the call may have run.
  void started() {
    underWay = true;
  }

  @Override
  public boolean tried(Candidate other) {
    return tried.contains(other);
  }

  @Override
  public long key() {
    return request.key();
  }

  /// Judges the instance by how an attempt failed.
  void judge(Outcome.Failed failed) {
    underWay = false;
    mayHaveRun |= failed.execution() == Execution.MAY_HAVE_RUN;
    if (failed.status() != Status.DEADLINE_EXCEEDED) {
      refusal = failed.detail();
    }
    var judged = Objects.requireNonNull(candidate);
    switch (failed.status()) {
      case UNAVAILABLE -> target.unanswered(judged);
      case DEADLINE_EXCEEDED -> {
        if (failed.execution() == Execution.MAY_HAVE_RUN && hadItsTime()) {
          target.unanswered(judged);
        }
      }
      case RESOURCE_EXHAUSTED -> {
        judged.answered();
        judged.refused();
      }
      case DRAINING -> {}
      case CANCELLED, NOT_FOUND, INVALID_ARGUMENT, INCOMPATIBLE, FAILED, INTERNAL ->
          judged.answered();
    }
  }

  // a call that came late, from a chain whose deadline was nearly over, says nothing against the
  // instance
  private boolean hadItsTime() {
    return (System.nanoTime() - startedAt) * 2 >= request.rules().timeout().toNanos();
  }

  /// Whether there may be another attempt.
  boolean mayRepeat(Outcome.Failed failed) {
    attempts++;
    if (deadline.expired()) {
      return false;
    }
    return switch (failed.execution()) {
      case RAN -> false;
      case DID_NOT_RUN -> mayGoElsewhere(failed.status());
      case MAY_HAVE_RUN ->
          request.rules().idempotent()
              && failed.status() == Status.UNAVAILABLE
              && ++reached < maxAttempts
              && (replaced() || withinBudget());
    };
  }

  private boolean mayGoElsewhere(Status status) {
    return switch (status) {
      // no instance had any work from it, so there is nothing to be saved
      case UNAVAILABLE, DRAINING -> target.balanced() || ++reached < maxAttempts;
      case RESOURCE_EXHAUSTED -> ++reached < maxAttempts && withinBudget();
      // during a rolling upgrade another instance may have what this one lacks; one look at each
      case NOT_FOUND -> target.balanced() && candidate != null && !tried.contains(candidate);
      case DEADLINE_EXCEEDED, CANCELLED, INVALID_ARGUMENT, INCOMPATIBLE, FAILED, INTERNAL -> false;
    };
  }

  // an instance that ends takes all its calls with it, more than any budget has; they are repeated
  // once, as long as some other instance is known to answer
  private boolean replaced() {
    boolean free = !spared && target.otherInGoodStanding(Objects.requireNonNull(candidate));
    spared = true;
    return free;
  }

  private boolean withinBudget() {
    overBudget = !target.budget().withdraw();
    return !overBudget;
  }

  /// Waits before the next attempt, unless there is a fresh instance to turn to.
  void pause() throws InterruptedException {
    boolean fresh = candidate != null && remember(candidate);
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

  private boolean remember(Candidate failed) {
    if (tried.contains(failed)) {
      return false;
    }
    if (tried.isEmpty()) {
      tried = new ArrayList<>(4);
    }
    return tried.add(failed);
  }

  CallException failure(Outcome.Failed failed, @Nullable Throwable cause) {
    var execution = ofAllAttempts(failed.execution());
    return new CallException(
        failed.status(),
        execution,
        "Call of '%s' of service '%s' failed after %s (%d attempts, last at %s): %s%s; %s%s"
            .formatted(
                request.operation(),
                request.service(),
                elapsed(),
                Math.max(1, attempts),
                candidate == null ? null : candidate.endpoint(),
                failed.detail(),
                failed.status() == Status.DEADLINE_EXCEEDED ? before() : "",
                execution == failed.execution()
                    ? consequence(execution)
                    : "it did not run, but an earlier attempt may have run",
                overBudget ? "; not repeated, because the service's retry budget is spent" : ""),
        cause);
  }

  // that the last attempt did not run says nothing of those before it
  private Execution ofAllAttempts(Execution last) {
    return last == Execution.DID_NOT_RUN && mayHaveRun ? Execution.MAY_HAVE_RUN : last;
  }

  CallException interrupted(InterruptedException cause) {
    return failure(
        underWay
            ? Outcome.Failed.mayHaveRun(Status.CANCELLED, "the calling thread was interrupted")
            : Outcome.Failed.didNotRun(Status.CANCELLED, "the calling thread was interrupted"),
        cause);
  }

  CallException nobody() {
    return new CallException(
        attempts == 0 ? Status.UNAVAILABLE : Status.DEADLINE_EXCEEDED,
        ofAllAttempts(Execution.DID_NOT_RUN),
        "No instance of service '%s' took the call of '%s' within %s (%d attempts): none is known to serve%s; is the service started, and is this process told of it ('myelin.cluster.folder')?"
            .formatted(request.service(), request.operation(), elapsed(), attempts, before()));
  }

  // a deadline says that time is over, not what it was spent on
  private String before() {
    return refusal.isEmpty() ? "" : "; the attempt before: " + refusal;
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
