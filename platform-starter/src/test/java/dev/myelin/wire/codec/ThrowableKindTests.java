package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.RemoteCallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.MissingResourceException;
import java.util.UnknownFormatConversionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Exceptions of the JDK, exceptions that misbehave, and exceptions as parts of values.
class ThrowableKindTests {

  static List<Throwable> jdkExceptions() {
    return List.of(
        new SQLException("reason", "42000", 7),
        new DateTimeParseException("no date", "x", 0),
        new NoSuchFileException("a", "b", "reason"),
        new UncheckedIOException("wrapped", new IOException("io")),
        new ExecutionException("failed", new RuntimeException("why")),
        new ArithmeticException(),
        new ArrayIndexOutOfBoundsException("Index 5 out of bounds for length 2"),
        new ClassCastException("no"),
        new NumberFormatException("For input string: \"x\""),
        new AssertionError("wrong", new RuntimeException("why")),
        new StackOverflowError(),
        new InterruptedException("stop"),
        new CompletionException(new IOException("io")),
        new UndeclaredThrowableException(new IOException("io"), "undeclared"),
        new MissingResourceException("missing", "Class", "key"));
  }

  @ParameterizedTest
  @MethodSource("jdkExceptions")
  void exceptionOfTheJdkComesBackAsItself(Throwable thrown) {
    var back = roundTrip(thrown);

    assertThat(back).isExactlyInstanceOf(thrown.getClass());
    assertThat(back.getMessage()).isEqualTo(thrown.getMessage());
    assertThat(back.toString()).isEqualTo(thrown.toString());
    assertThat(back.getCause() == null).isEqualTo(thrown.getCause() == null);
  }

  @Test
  void exceptionOfTheJdkThatCannotBeMadeAgainIsReplaced() {
    var back = roundTrip(new UnknownFormatConversionException("q"));

    assertThat(back)
        .isInstanceOfSatisfying(
            RemoteCallException.class,
            e -> assertThat(e.remoteType()).isEqualTo("java.util.UnknownFormatConversionException"))
        .hasMessage("java.util.UnknownFormatConversionException: Conversion = 'q'");
  }

  @Test
  void exceptionWhoseCauseIsAFieldOfTheJdkIsReplacedAndKeepsItsCause() {
    var thrown = new InvocationTargetException(new IOException("io"), "target");

    assertThat(roundTrip(thrown))
        .isExactlyInstanceOf(RemoteCallException.class)
        .hasCauseExactlyInstanceOf(IOException.class);
  }

  static final class Rude extends RuntimeException {
    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("not now");
    }

    @Override
    public void setStackTrace(StackTraceElement[] trace) {
      throw new IllegalStateException("not now");
    }

    @Override
    public String getMessage() {
      throw new IllegalStateException("not now");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("not now");
    }
  }

  @Test
  void exceptionWhoseMethodsThrowIsReplaced() {
    var back = roundTrip(new Rude());

    assertThat(back)
        .isExactlyInstanceOf(RemoteCallException.class)
        .hasMessage(Rude.class.getName());
  }

  record Outcome(String name, @Nullable IOException problem, @Nullable Throwable any) {}

  @Test
  void exceptionCanBeAFieldOfAValue() {
    var outcome = new Outcome("o", new IOException("io"), new IllegalStateException("any"));

    var back = (Outcome) Bytes.roundTrip(Outcome.class, outcome);

    assertThat(back).isNotNull();
    assertThat(back.problem()).isExactlyInstanceOf(IOException.class).hasMessage("io");
    assertThat(back.any()).isExactlyInstanceOf(IllegalStateException.class);
    assertThat(Bytes.roundTrip(Outcome.class, new Outcome("o", null, null)))
        .isEqualTo(new Outcome("o", null, null));
  }

  @Test
  void exceptionOfAnotherClassThanTheDeclaredIsMalformed() {
    var bytes = Bytes.write(Bytes.codec(Throwable.class), new RuntimeException("x"));

    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> Bytes.read(Bytes.codec(IOException.class), bytes));
  }

  record Without(String name) {}

  @Test
  void exceptionInAFieldThatIsNotKnownIsPassedOver() {
    var binary = new BinaryCodec();
    var declared = binary.schema(Outcome.class);
    var bytes =
        Bytes.write(
            binary.compile(Outcome.class, declared), new Outcome("o", new IOException("io"), null));

    assertThat(Bytes.read(binary.compile(Without.class, declared), bytes))
        .isEqualTo(new Without("o"));
  }

  private static Throwable roundTrip(Throwable thrown) {
    var codec = new BinaryCodec().throwables();
    var output = new Output(1_000_000);
    codec.write(thrown, output);
    return codec.read(
        new Input(output.array(), 0, output.size()), ThrowableKindTests.class.getClassLoader());
  }
}
