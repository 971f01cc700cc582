package dev.myelin.autoconfigure;

import dev.myelin.contract.InvalidServiceException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Explains why a bean cannot be a service.
final class InvalidServiceFailureAnalyzer extends AbstractFailureAnalyzer<InvalidServiceException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, InvalidServiceException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
  }
}
