package dev.myelin.client;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.RemoteCallException;
import dev.myelin.Status;
import dev.myelin.client.pick.StickyHash;
import dev.myelin.observation.CallObservation;
import dev.myelin.wire.ApplicationDescription.Rules;
import dev.myelin.wire.ContextFields;
import dev.myelin.wire.Payload;
import dev.myelin.wire.codec.Input;
import dev.myelin.wire.codec.MalformedPayloadException;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.codec.ThrowableCodec;
import dev.myelin.wire.codec.ValueCodec;
import dev.myelin.wire.json.WireJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A call whose arguments and result are JSON; the types are the instance's business.
///
/// @param call what to call
/// @param throwables of what operations throw
/// @param context what travels along
/// @param observation of the call
record JsonRequest(
    JsonCalls.JsonCall call,
    ThrowableCodec throwables,
    ContextFields context,
    @Nullable CallObservation observation)
    implements Request {

  private static final ValueCodec NONE = new NoValues();

  @Override
  public String operation() {
    return call.operation();
  }

  @Override
  public String service() {
    return call.service();
  }

  @Override
  public long key() {
    return StickyHash.of(call.key());
  }

  @Override
  public Rules rules() {
    return call.rules();
  }

  @Override
  public int codec() {
    return WireJson.CODEC;
  }

  @Override
  public boolean inline() {
    return false;
  }

  // found by name at each call: nothing is compiled for it
  @Override
  public @Nullable RemoteOperation resolved(CallChannel channel) {
    return null;
  }

  @Override
  public RemoteOperation resolve(CallChannel channel, Deadline deadline) {
    var operations = channel.hosted(call.service());
    var hosted = operations == null ? null : operations.get(call.operation());
    if (hosted == null) {
      throw new CallException(
          Status.NOT_FOUND,
          Execution.DID_NOT_RUN,
          "%s (build %s) does not have the operation"
              .formatted(channel.connection().remote(), channel.connection().peer().build()));
    }
    return new RemoteOperation(hosted.index(), NONE, NONE);
  }

  @Override
  public Payload encode(RemoteOperation remote) {
    return Payload.of(call.arguments().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String decode(RemoteOperation remote, Payload result) {
    return new String(result.bytes(), result.offset(), result.length(), StandardCharsets.UTF_8);
  }

  @Override
  public Throwable thrown(Payload exception) {
    try {
      var thrown = throwables.read(exception.input(), ClassLoader.getPlatformClassLoader());
      return thrown instanceof RemoteCallException remote
          ? remote
          : new RemoteCallException(thrown.getClass().getName(), thrown.getMessage(), thrown);
    } catch (MalformedPayloadException e) {
      return new CallException(
          Status.INCOMPATIBLE,
          Execution.RAN,
          "the operation threw an exception that cannot be read: " + e.getMessage(),
          e);
    }
  }

  /// Stands where a typed call has codecs; JSON passes through as text.
  private static final class NoValues implements ValueCodec {

    @Override
    public void write(@Nullable Object value, Output output) {
      throw new UnsupportedOperationException("JSON is passed through as text");
    }

    @Override
    public @Nullable Object read(Input input) {
      throw new UnsupportedOperationException("JSON is passed through as text");
    }
  }
}
