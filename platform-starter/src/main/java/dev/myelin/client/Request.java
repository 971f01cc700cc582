package dev.myelin.client;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.wire.ApplicationDescription.Rules;
import dev.myelin.wire.ContextFields;
import dev.myelin.wire.Payload;
import org.jspecify.annotations.Nullable;

/// One call, independent of which attempt carries it.
interface Request {

  /// Name of the operation, for messages.
  String operation();

  /// Name of the service.
  String service();

  /// Hash of its sticky key; [dev.myelin.client.pick.Choice#NO_KEY] if it has none.
  long key();

  /// How it may be called.
  Rules rules();

  /// Whether its result may be taken on the thread that read it.
  boolean inline();

  /// Number of the format of arguments and result.
  int codec();

  /// How to call the operation on a connection, if that was worked out before.
  @Nullable RemoteOperation resolved(CallChannel channel);

  /// What travels along: the context of the thread that called.
  ContextFields context();

  /// How to call the operation on a connection.
  ///
  /// @throws CallException if the peer does not host it, or declares it in a way that does not fit
  RemoteOperation resolve(CallChannel channel, Deadline deadline) throws InterruptedException;

  /// The arguments for a peer.
  ///
  /// @throws CallException if they cannot be carried
  Payload encode(RemoteOperation remote);

  /// The result from a peer.
  ///
  /// @throws CallException if it cannot be read
  @Nullable Object decode(RemoteOperation remote, Payload result);

  /// The exception that the operation threw.
  Throwable thrown(Payload exception);
}
