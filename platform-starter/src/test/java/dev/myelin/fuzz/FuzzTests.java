package dev.myelin.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.server.JsonArgumentsFuzz;
import dev.myelin.transport.ConnectionFuzz;
import dev.myelin.transport.FrameFuzz;
import dev.myelin.wire.codec.SchemaFuzz;
import dev.myelin.wire.codec.ThrowableFuzz;
import dev.myelin.wire.codec.ValueFuzz;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each parser on what is known to be delicate, and on some thousands of inputs beside it.
class FuzzTests {

  record Target(Class<?> type, Consumer<byte[]> entry, int mutations) {

    @Override
    public String toString() {
      return type.getSimpleName();
    }
  }

  static Stream<Target> targets() {
    return Stream.of(
        new Target(FrameFuzz.class, FrameFuzz::fuzzerTestOneInput, 50_000),
        new Target(ConnectionFuzz.class, ConnectionFuzz::fuzzerTestOneInput, 5_000),
        new Target(SchemaFuzz.class, SchemaFuzz::fuzzerTestOneInput, 20_000),
        new Target(ValueFuzz.class, ValueFuzz::fuzzerTestOneInput, 50_000),
        new Target(ThrowableFuzz.class, ThrowableFuzz::fuzzerTestOneInput, 20_000),
        new Target(JsonArgumentsFuzz.class, JsonArgumentsFuzz::fuzzerTestOneInput, 20_000));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void parserWhenInputIsHostileRefusesItAndNothingElse(Target target) {
    assertThat(Fuzzing.run(target.type(), target.entry(), target.mutations())).isPositive();
  }
}
