package dev.myelin.autoconfigure;

import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.ScalarKind;
import dev.myelin.wire.codec.Schema;
import dev.myelin.wire.codec.UncarriableTypeException;
import dev.myelin.wire.codec.ValueCodec;
import java.lang.reflect.Type;
import java.util.List;

/// Carries everything but threads.
final class PickyCodec implements Codec {

  @Override
  public int id() {
    return 99;
  }

  @Override
  public Schema schema(Type type) {
    if (type == Thread.class) {
      throw new UncarriableTypeException("a thread cannot be carried");
    }
    return new Schema.Scalar(ScalarKind.STRING);
  }

  @Override
  public Schema schema(List<Field> parameters) {
    return new Schema.Struct(
        "parameters",
        parameters.stream()
            .map(parameter -> new Schema.Field(parameter.name(), schema(parameter.type())))
            .toList());
  }

  @Override
  public ValueCodec compile(Type type, Schema declared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ValueCodec compile(List<Field> parameters, Schema declared) {
    throw new UnsupportedOperationException();
  }
}
