package dev.myelin.orchestrator;

import dev.myelin.orchestrator.state.UnusableApplicationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Explains a start-up that failed on the application's jar.
final class UnusableApplicationFailureAnalyzer
    extends AbstractFailureAnalyzer<UnusableApplicationException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnusableApplicationException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
