package dev.myelin.contract;

import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.Input;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.codec.Schema;

/// What an operation's arguments and result look like on the wire.
///
/// @param parameters a struct with one field a parameter
/// @param result the result, the future's value or the stream's items
public record OperationSchemas(Schema parameters, Schema result) {

  private static final long MIX = 0x9e3779b97f4a7c15L;

  /// The schemas by which this side carries an operation.
  ///
  /// @param operation the operation
  /// @param codec the format
  /// @throws dev.myelin.wire.codec.UncarriableTypeException if one of the types cannot be carried
  public static OperationSchemas of(OperationContract operation, Codec codec) {
    return new OperationSchemas(
        codec.schema(operation.parameters()), codec.schema(operation.result().type()));
  }

  /// Hash by which two processes tell whether they declare the operation alike.
  public long signature() {
    return parameters.hash() * MIX ^ result.hash();
  }

  /// Appends both.
  ///
  /// @param output where to
  public void encode(Output output) {
    parameters.encode(output);
    result.encode(output);
  }

  /// Reads what [#encode] wrote.
  ///
  /// @param input where from
  /// @throws dev.myelin.wire.codec.MalformedPayloadException if it is something else
  public static OperationSchemas decode(Input input) {
    return new OperationSchemas(Schema.decode(input), Schema.decode(input));
  }
}
