package dev.myelin.client;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.client.pick.StickyHash;
import dev.myelin.contract.LibraryFrames;
import dev.myelin.contract.OperationSchemas;
import dev.myelin.observation.CallObservation;
import dev.myelin.validation.CarriedViolations;
import dev.myelin.wire.ApplicationDescription.Rules;
import dev.myelin.wire.ContextFields;
import dev.myelin.wire.Payload;
import dev.myelin.wire.codec.IncompatibleSchemaException;
import dev.myelin.wire.codec.MalformedPayloadException;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.codec.UncarriableValueException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call with arguments of Java types.
final class TypedRequest implements Request {

  private final String service;
  private final ClientOperation operation;
  private final CallFormats formats;
  private final @Nullable Object[] arguments;
  private final ContextFields context;
  private final @Nullable CallObservation observation;

  TypedRequest(
      String service,
      ClientOperation operation,
      CallFormats formats,
      @Nullable Object[] arguments,
      ContextFields context,
      @Nullable CallObservation observation) {
    this.service = service;
    this.operation = operation;
    this.formats = formats;
    this.arguments = arguments;
    this.context = context;
    this.observation = observation;
  }

  @Override
  public String operation() {
    return operation.contract().name();
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public long key() {
    return StickyHash.of(operation.stickyKey(arguments));
  }

  @Override
  public Rules rules() {
    return operation.contract().rules();
  }

  @Override
  public int codec() {
    return formats.codec().id();
  }

  @Override
  public ContextFields context() {
    return context;
  }

  @Override
  public @Nullable CallObservation observation() {
    return observation;
  }

  @Override
  public boolean inline() {
    return operation.contract().inline();
  }

  @Override
  public @Nullable RemoteOperation resolved(CallChannel channel) {
    return channel.resolved(operation);
  }

  @Override
  public RemoteOperation resolve(CallChannel channel, Deadline deadline)
      throws InterruptedException {
    var known = resolved(channel);
    if (known != null) {
      return known;
    }
    var remote = find(channel, deadline);
    channel.resolved(operation, remote);
    return remote;
  }

  private RemoteOperation find(CallChannel channel, Deadline deadline) throws InterruptedException {
    operation.requireCarried();
    var hosted = channel.hosted(service);
    if (hosted == null) {
      throw refused(Status.NOT_FOUND, channel.connection().remote() + " does not host it");
    }
    var exact = hosted.get(operation.contract().key());
    if (exact != null) {
      return remote(operation, exact, channel, deadline);
    }
    for (var earlier : operation.earlier()) {
      var found = hosted.get(earlier.form().contract().key());
      if (found != null) {
        var remote = remote(earlier.operation(), found, channel, deadline);
        var arguments =
            new DroppedArguments(
                remote.arguments(), earlier.form(), operation.contract().key(), channel.builds());
        return new RemoteOperation(remote.index(), arguments, remote.result());
      }
    }
    return remote(operation, onlyOneNamed(hosted, channel), channel, deadline);
  }

  private CallChannel.Hosted onlyOneNamed(
      Map<String, CallChannel.Hosted> hosted, CallChannel channel) {
    var named =
        hosted.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(operation() + "("))
            .map(Map.Entry::getValue)
            .toList();
    if (named.size() == 1) {
      return named.getFirst();
    }
    throw refused(
        Status.NOT_FOUND,
        "%s has no operation '%s' (%s); it has %s"
            .formatted(
                channel.connection().remote(),
                operation.contract().key(),
                channel.builds(),
                hosted.keySet().stream().sorted().toList()));
  }

  private static RemoteOperation remote(
      ClientOperation form, CallChannel.Hosted hosted, CallChannel channel, Deadline deadline)
      throws InterruptedException {
    return hosted.signature() == form.signature()
        ? form.alike(hosted.index())
        : adapt(form, channel, hosted, deadline);
  }

  private static RemoteOperation adapt(
      ClientOperation form, CallChannel channel, CallChannel.Hosted hosted, Deadline deadline)
      throws InterruptedException {
    switch (channel.schemas(hosted.index(), deadline)) {
      case Outcome.Failed failed ->
          throw new CallException(failed.status(), Execution.DID_NOT_RUN, failed.detail());
      case Outcome.Completed(var schemas) -> {
        try {
          return form.adapted(hosted.index(), OperationSchemas.decode(schemas.input()));
        } catch (IncompatibleSchemaException | MalformedPayloadException e) {
          throw new CallException(
              Status.INCOMPATIBLE,
              Execution.DID_NOT_RUN,
              "the instance declares '%s' otherwise (%s): %s"
                  .formatted(form.contract().key(), channel.builds(), e.getMessage()),
              e);
        }
      }
    }
  }

  private CallException refused(Status status, String detail) {
    return new CallException(status, Execution.DID_NOT_RUN, detail);
  }

  @Override
  public Payload encode(RemoteOperation remote) {
    var output = new Output(formats.maxFrame());
    try {
      remote.arguments().write(arguments, output);
    } catch (UncarriableValueException e) {
      throw new CallException(
          Status.INVALID_ARGUMENT, Execution.DID_NOT_RUN, String.valueOf(e.getMessage()), e);
    }
    return Payload.of(output);
  }

  @Override
  public @Nullable Object decode(RemoteOperation remote, Payload result) {
    try {
      return remote.result().read(result.input());
    } catch (MalformedPayloadException | IncompatibleSchemaException e) {
      throw new CallException(
          Status.INCOMPATIBLE, Execution.RAN, "the result cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public Throwable thrown(Payload exception) {
    try {
      var thrown =
          CarriedViolations.restored(formats.throwables().read(exception.input(), loader()));
      LibraryFrames.appendCaller(thrown);
      return thrown;
    } catch (MalformedPayloadException e) {
      return new CallException(
          Status.INCOMPATIBLE,
          Execution.RAN,
          "the operation threw an exception that cannot be read: " + e.getMessage(),
          e);
    }
  }

  /// The thread's class loader, unless that does not see what the service's own does: threads of
  /// the JDK's common pool have the system's, which knows no class of an application's fat jar.
  @SuppressWarnings("ReferenceEquality") // class loaders are equal to nothing else
  private ClassLoader loader() {
    var own = operation.contract().method().getDeclaringClass().getClassLoader();
    var context = Thread.currentThread().getContextClassLoader();
    for (var each = context; each != null; each = each.getParent()) {
      if (each == own) {
        return context;
      }
    }
    if (own != null) {
      return own;
    }
    return context == null ? ClassLoader.getSystemClassLoader() : context;
  }
}
