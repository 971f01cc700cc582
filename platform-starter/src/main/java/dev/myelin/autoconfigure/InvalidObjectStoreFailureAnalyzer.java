package dev.myelin.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Explains why objects cannot be kept where they should be.
final class InvalidObjectStoreFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidObjectStoreException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, InvalidObjectStoreException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
  }
}
