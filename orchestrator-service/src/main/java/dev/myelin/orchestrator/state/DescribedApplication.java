package dev.myelin.orchestrator.state;

import dev.myelin.wire.ApplicationDescription;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// An application's description, asked for while the orchestrator itself is still starting.
/// Thread-safe.
public final class DescribedApplication {

  private final CompletableFuture<ApplicationDescription> answer;

  /// Asks for it.
  ///
  /// @param describer blocks until it has the description
  /// @param executor runs it
  public DescribedApplication(Supplier<ApplicationDescription> describer, Executor executor) {
    this.answer = CompletableFuture.supplyAsync(describer, executor);
  }

  /// Waits for the description.
  ///
  /// @throws UnusableApplicationException if the application cannot be run as a cluster
  public ApplicationDescription await() {
    try {
      return answer.join();
    } catch (CompletionException e) {
      // The describer's own exception is what a failure analysis can explain
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /// The description, if it is there.
  public Optional<ApplicationDescription> known() {
    return answer.isDone() && !answer.isCompletedExceptionally()
        ? Optional.of(answer.join())
        : Optional.empty();
  }
}
