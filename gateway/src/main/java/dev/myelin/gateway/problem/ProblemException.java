package dev.myelin.gateway.problem;

/// Ends the handling of a request with a [Problem].
public final class ProblemException extends RuntimeException {

  private final Problem problem;

  /// Creates one. It has no stack trace: it says nothing about this process.
  ///
  /// @param problem the answer
  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /// The answer.
  public Problem problem() {
    return problem;
  }
}
