package dev.myelin.orchestrator;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Explains a start-up that failed on a folder in use.
final class ClusterTakenFailureAnalyzer extends AbstractFailureAnalyzer<ClusterTakenException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, ClusterTakenException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Stop the other cluster, or set myelin.cluster.folder to another folder than '%s'."
            .formatted(cause.folder()),
        cause);
  }
}
