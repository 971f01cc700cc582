package dev.myelin.client;

import dev.myelin.Deadline;
import dev.myelin.wire.Frame;
import java.util.concurrent.CompletableFuture;

/// A call with one reply.
final class PendingReply implements PendingCall {

  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final Deadline deadline;

  PendingReply(Deadline deadline) {
    this.deadline = deadline;
  }

  /// Waits without a limit of its own: the sweeper ends the call at its deadline.
  Outcome await() throws InterruptedException {
    try {
      return outcome.get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("a reply is only ever completed normally", e);
    }
  }

  @Override
  public boolean expired() {
    return deadline.expired();
  }

  @Override
  public boolean received(Frame frame) {
    switch (frame) {
      case Frame.Reply(_, var result) -> outcome.complete(new Outcome.Completed(result));
      case Frame.SchemaReply(_, var schemas) -> outcome.complete(new Outcome.Completed(schemas));
      case Frame.Failure(_, var status, var execution, var detail, var exception) ->
          outcome.complete(new Outcome.Failed(status, execution, detail, exception));
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public void lost(Outcome.Failed failure) {
    outcome.complete(failure);
  }
}
