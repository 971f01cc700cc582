package dev.myelin.client;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.contract.EarlierOperation;
import dev.myelin.contract.Memoized;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.OperationSchemas;
import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.IncompatibleSchemaException;
import dev.myelin.wire.codec.Schema;
import dev.myelin.wire.codec.UncarriableTypeException;
import dev.myelin.wire.codec.ValueCodec;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An operation as this side declares it, with its codecs for peers that declare it alike.
///
/// Compiled at the first call, since a process calls few of the operations that it could.
/// Thread-safe; compared by identity.
final class ClientOperation {

  private final OperationContract contract;
  private final Codec codec;
  private final int sticky;
  private final Supplier<Compiled> compiled;

  private record Compiled(long signature, ValueCodec arguments, ValueCodec result) {}

  ClientOperation(OperationContract contract, Codec codec) {
    this.contract = contract;
    this.codec = codec;
    this.sticky = contract.stickyParameter();
    this.compiled = Memoized.of(this::compile);
  }

  /// The argument of the parameter marked as sticky key; null if none is, or it is null.
  @Nullable Object stickyKey(@Nullable Object[] arguments) {
    return sticky < 0 ? null : arguments[sticky];
  }

  OperationContract contract() {
    return contract;
  }

  private Compiled compile() {
    OperationSchemas schemas;
    try {
      schemas = OperationSchemas.of(contract, codec);
    } catch (UncarriableTypeException e) {
      throw new CallException(
          Status.INVALID_ARGUMENT,
          Execution.DID_NOT_RUN,
          "'%s' can only be called in the process that hosts it, because %s"
              .formatted(contract.key(), e.getMessage()),
          e);
    }
    return new Compiled(
        schemas.signature(),
        codec.compile(contract.parameters(), schemas.parameters()),
        codec.compile(contract.result().type(), schemas.result()));
  }

  /// Fails if arguments or result cannot be carried.
  ///
  /// @throws CallException saying which, and why
  void requireCarried() {
    var _ = compiled.get();
  }

  /// How to call the operation at a peer that hosts it under that number and signature.
  RemoteOperation alike(int index) {
    var own = compiled.get();
    return new RemoteOperation(index, own.arguments(), own.result());
  }

  long signature() {
    return compiled.get().signature();
  }

  /// This operation as it was before its last parameters were added, if they have defaults; the
  /// form with most parameters first.
  List<Earlier> earlier() {
    return EarlierOperation.of(contract).stream()
        .map(form -> new Earlier(form, new ClientOperation(form.contract(), codec)))
        .toList();
  }

  /// An earlier form.
  ///
  /// @param form what it lacks
  /// @param operation how to call it
  record Earlier(EarlierOperation form, ClientOperation operation) {}

  /// How to call it at a peer that declares it otherwise.
  ///
  /// @throws dev.myelin.wire.codec.IncompatibleSchemaException if that is not possible
  RemoteOperation adapted(int index, OperationSchemas declared) {
    requireSameParameters(declared.parameters());
    return new RemoteOperation(
        index,
        codec.compile(contract.parameters(), declared.parameters()),
        codec.compile(contract.result().type(), declared.result()));
  }

  private void requireSameParameters(Schema declared) {
    var here = contract.parameters().stream().map(Codec.Field::name).toList();
    var there =
        declared instanceof Schema.Struct(_, var fields)
            ? fields.stream().map(Schema.Field::name).toList()
            : List.<String>of();
    if (!new HashSet<>(here).equals(new HashSet<>(there))) {
      throw new IncompatibleSchemaException(
          "the parameters here are %s, there %s: add parameters at the end and with @ParameterDefault, and keep their names"
              .formatted(here, there));
    }
  }
}
