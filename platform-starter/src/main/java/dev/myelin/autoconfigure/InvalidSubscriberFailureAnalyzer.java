package dev.myelin.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Explains why a method cannot be subscribed to a topic.
final class InvalidSubscriberFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidSubscriberException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, InvalidSubscriberException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
  }
}
