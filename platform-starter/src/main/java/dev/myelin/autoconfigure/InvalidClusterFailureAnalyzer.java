package dev.myelin.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Explains why a process cannot take part in a cluster.
final class InvalidClusterFailureAnalyzer extends AbstractFailureAnalyzer<InvalidClusterException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, InvalidClusterException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
  }
}
