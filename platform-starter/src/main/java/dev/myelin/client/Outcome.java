package dev.myelin.client;

import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;

/// What one attempt of a call came to.
sealed interface Outcome {

  /// What a frame says of the call that it belongs to.
  ///
  /// @throws UnexpectedFrameException if no such frame ends a call
  static Outcome of(Frame frame) {
    return switch (frame) {
      case Frame.Reply(_, var result) -> new Completed(result);
      case Frame.SchemaReply(_, var schemas) -> new Completed(schemas);
      case Frame.Failure(_, var status, var execution, var detail, var exception) ->
          new Failed(status, execution, detail, exception);
      default -> throw new UnexpectedFrameException(frame, "an answer to a call");
    };
  }

  /// The operation ran and returned.
  ///
  /// @param result encoded result
  record Completed(Payload result) implements Outcome {}

  /// It did not, as far as is known.
  ///
  /// @param status why
  /// @param execution whether the operation ran
  /// @param detail message for people
  /// @param exception what the operation threw, encoded; empty if it threw nothing
  record Failed(Status status, Execution execution, String detail, Payload exception)
      implements Outcome {

    static Failed didNotRun(Status status, String detail) {
      return new Failed(status, Execution.DID_NOT_RUN, detail, Payload.EMPTY);
    }

    static Failed mayHaveRun(Status status, String detail) {
      return new Failed(status, Execution.MAY_HAVE_RUN, detail, Payload.EMPTY);
    }

    /// Whether it is the operation's own exception, as opposed to a failure of the call.
    boolean thrown() {
      return exception.length() > 0;
    }
  }
}
