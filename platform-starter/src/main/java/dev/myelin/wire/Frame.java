package dev.myelin.wire;

import dev.myelin.Execution;
import dev.myelin.Status;
import java.time.Duration;
import java.util.List;

/// The unit of the protocol between two processes, described byte by byte in `docs/wire.md`.
///
/// Ids of calls are chosen by the side that calls, grow, and belong to one connection.
public sealed interface Frame {

  /// First frame of each side.
  ///
  /// @param version version of the protocol that the side speaks
  /// @param id who it is
  /// @param build what it was built from
  /// @param maxFrame longest frame it takes, in bytes
  /// @param services what it hosts
  record Hello(int version, InstanceId id, String build, int maxFrame, List<HostedService> services)
      implements Frame {

    /// Version of the protocol that this code speaks.
    public static final int VERSION = 1;

    /// Copies the services.
    public Hello {
      services = List.copyOf(services);
    }
  }

  /// A service that one side hosts. The operations of all services of a hello are numbered in the
  /// order in which they stand, from 0.
  ///
  /// @param name name of the service
  /// @param operations its operations
  record HostedService(String name, List<HostedOperation> operations) {

    /// Copies the operations.
    public HostedService {
      operations = List.copyOf(operations);
    }
  }

  /// An operation of a hosted service.
  ///
  /// @param key its key
  /// @param signature hash of its schemas
  record HostedOperation(String key, long signature) {}

  /// Calls an operation.
  ///
  /// @param id number of the call
  /// @param operation number of the operation
  /// @param codec format of arguments and result
  /// @param timeout what remains of the deadline
  /// @param context what travels along
  /// @param arguments encoded arguments
  record Call(
      long id, int operation, int codec, Duration timeout, ContextFields context, Payload arguments)
      implements Frame {}

  /// Ends a call with its result.
  ///
  /// @param id number of the call
  /// @param result encoded result
  record Reply(long id, Payload result) implements Frame {}

  /// Ends a call or a stream without a result.
  ///
  /// @param id number of the call; 0 = of the connection itself, which then closes
  /// @param status why
  /// @param execution whether the operation ran
  /// @param detail message for people
  /// @param exception what the operation threw, encoded; empty if it threw nothing
  record Failure(long id, Status status, Execution execution, String detail, Payload exception)
      implements Frame {}

  /// Says that the caller no longer wants an answer.
  ///
  /// @param id number of the call
  record Cancel(long id) implements Frame {}

  /// One item of a stream.
  ///
  /// @param id number of the call
  /// @param value encoded item
  record Item(long id, Payload value) implements Frame {}

  /// Allows the other side to send more items of a stream.
  ///
  /// @param id number of the call
  /// @param items how many more, ≥ 1
  record Credit(long id, int items) implements Frame {}

  /// Ends a stream after its last item.
  ///
  /// @param id number of the call
  record End(long id) implements Frame {}

  /// Says that this side takes no new calls.
  record Drain() implements Frame {}

  /// Asks for a [Pong].
  ///
  /// @param token comes back in the answer
  record Ping(long token) implements Frame {}

  /// Answers a [Ping].
  ///
  /// @param token that of the ping
  record Pong(long token) implements Frame {}

  /// Asks for the schemas of an operation.
  ///
  /// @param id number of the question, from the same sequence as calls
  /// @param operation number of the operation
  record SchemaRequest(long id, int operation) implements Frame {}

  /// Answers a [SchemaRequest].
  ///
  /// @param id number of the question
  /// @param schemas encoded schema of the parameters, then of the result
  record SchemaReply(long id, Payload schemas) implements Frame {}
}
