package dev.myelin.benchmarks.pieces;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Orders;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.Input;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.codec.ValueCodec;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Writes and reads the argument and the result of the measured call.
public class CodecPiece {
  private static final int LIMIT = 1 << 20;

  /// Makes the benchmark; JMH does.
  public CodecPiece() {}

  /// A value and its bytes. Public because the classes that JMH generates use it.
  @State(Scope.Thread)
  public static class Coding {
    /// The basket of ten lines, or the quote of three fields.
    @Param({"basket", "quote"})
    public String value = "basket";

    private final BinaryCodec codec = new BinaryCodec();
    private final Output output = new Output(LIMIT);
    private Object object = "";
    private ValueCodec values = codec.compile(String.class, codec.schema(String.class));
    private byte[] bytes = {};

    /// Makes an empty state.
    public Coding() {}

    /// Writes the value once.
    @Setup
    public void prepare() {
      var order = Orders.of(1).at(0);
      var basket = value.equals("basket");
      object = basket ? order.basket() : order.expected();
      var type = basket ? Basket.class : Quote.class;
      values = codec.compile(type, codec.schema(type));
      bytes = java.util.Arrays.copyOf(write().array(), output.size());
    }

    Output write() {
      output.reset();
      values.write(object, output);
      return output;
    }

    @Nullable Object read() {
      return values.read(new Input(bytes));
    }
  }

  /// One value to bytes.
  @Benchmark
  public Object write(Coding state) {
    return state.write();
  }

  /// One value from bytes.
  @Benchmark
  public @Nullable Object read(Coding state) {
    return state.read();
  }
}
