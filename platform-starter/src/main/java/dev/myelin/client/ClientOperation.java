package dev.myelin.client;

import dev.myelin.contract.Memoized;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.OperationSchemas;
import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.ValueCodec;
import java.util.function.Supplier;

/// An operation as this side declares it, with its codecs for peers that declare it alike.
///
/// Compiled at the first call, since a process calls few of the operations that it could.
/// Thread-safe; compared by identity.
final class ClientOperation {

  private final OperationContract contract;
  private final Codec codec;
  private final Supplier<Compiled> compiled;

  private record Compiled(long signature, ValueCodec arguments, ValueCodec result) {}

  ClientOperation(OperationContract contract, Codec codec) {
    this.contract = contract;
    this.codec = codec;
    this.compiled = Memoized.of(this::compile);
  }

  OperationContract contract() {
    return contract;
  }

  private Compiled compile() {
    var schemas = OperationSchemas.of(contract, codec);
    return new Compiled(
        schemas.signature(),
        codec.compile(contract.parameters(), schemas.parameters()),
        codec.compile(contract.result().type(), schemas.result()));
  }

  /// How to call the operation at a peer that hosts it under that number and signature.
  RemoteOperation alike(int index) {
    var own = compiled.get();
    return new RemoteOperation(index, own.arguments(), own.result());
  }

  long signature() {
    return compiled.get().signature();
  }

  /// How to call it at a peer that declares it otherwise.
  ///
  /// @throws dev.myelin.wire.codec.IncompatibleSchemaException if that is not possible
  RemoteOperation adapted(int index, OperationSchemas declared) {
    return new RemoteOperation(
        index,
        codec.compile(contract.parameters(), declared.parameters()),
        codec.compile(contract.result().type(), declared.result()));
  }
}
