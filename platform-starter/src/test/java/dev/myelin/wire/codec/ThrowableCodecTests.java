package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.RemoteCallException;
import dev.myelin.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Exceptions there and back.
class ThrowableCodecTests {

  private final ThrowableCodec codec = new BinaryCodec().throwables();

  /// No constructor that takes a message; a message of its own making; fields.
  static final class OverdrawnException extends Exception {

    private final BigDecimal missing;
    private final List<String> accounts;
    private final transient int notSent;
    private final Object notCarried = new Object();
    static int constructed;

    OverdrawnException(BigDecimal missing, List<String> accounts) {
      super("overdrawn");
      constructed++;
      this.missing = missing;
      this.accounts = accounts;
      this.notSent = 3;
    }

    @Override
    public String getMessage() {
      return super.getMessage() + " by " + missing + notSent(notSent) + notCarried(notCarried);
    }

    private static String notSent(int value) {
      return value > 3 ? "!" : "";
    }

    private static String notCarried(@Nullable Object value) {
      return value instanceof String ? "?" : "";
    }
  }

  @Test
  void checkedExceptionComesBackWithItsFieldsAndItsOwnMessage() {
    var thrown = new OverdrawnException(new BigDecimal("10.50"), List.of("a", "b"));
    int constructed = OverdrawnException.constructed;

    var back = roundTrip(thrown);

    assertThat(back)
        .isExactlyInstanceOf(OverdrawnException.class)
        .hasMessage("overdrawn by 10.50")
        .hasNoCause()
        .hasNoSuppressedExceptions();
    assertThat(((OverdrawnException) back).accounts).containsExactly("a", "b");
    assertThat(back.getStackTrace()).isEqualTo(withoutLoaders(thrown.getStackTrace()));
    assertThat(OverdrawnException.constructed).isEqualTo(constructed);
  }

  private static StackTraceElement[] withoutLoaders(StackTraceElement[] trace) {
    return Arrays.stream(trace)
        .map(frame ->
            new StackTraceElement(
                null,
                frame.getModuleName(),
                null,
                frame.getClassName(),
                frame.getMethodName(),
                frame.getFileName(),
                frame.getLineNumber()))
        .toArray(StackTraceElement[]::new);
  }

  @Test
  void causesAndSuppressedComeBack() {
    var thrown = new IllegalStateException("outer", new IOException("middle", new Error("inner")));
    thrown.addSuppressed(new OverdrawnException(BigDecimal.ONE, List.of()));
    thrown.addSuppressed(new RuntimeException((String) null));

    var back = roundTrip(thrown);

    assertThat(back).isExactlyInstanceOf(IllegalStateException.class).hasMessage("outer");
    assertThat(back.getCause()).isExactlyInstanceOf(IOException.class).hasMessage("middle");
    assertThat(back).rootCause().isExactlyInstanceOf(Error.class).hasMessage("inner");
    assertThat(back.getSuppressed()).hasSize(2);
    assertThat(back.getSuppressed()[0]).isExactlyInstanceOf(OverdrawnException.class);
    assertThat(back.getSuppressed()[1].getMessage()).isNull();
  }

  @Test
  void fieldsOfTheLibrarysOwnExceptionsComeBack() {
    var back =
        (CallException) roundTrip(new CallException(Status.DRAINING, Execution.DID_NOT_RUN, "no"));

    assertThat(back.status()).isEqualTo(Status.DRAINING);
    assertThat(back.execution()).isEqualTo(Execution.DID_NOT_RUN);
  }

  @Test
  void unknownClassBecomesARemoteCallExceptionWithAllElse() {
    var thrown = new OverdrawnException(BigDecimal.TEN, List.of());
    thrown.initCause(new IOException("io"));
    thrown.addSuppressed(new RuntimeException("suppressed"));

    var back = read(written(thrown), new LoaderWithout(OverdrawnException.class.getName()));

    assertThat(back)
        .isInstanceOfSatisfying(
            RemoteCallException.class,
            e -> assertThat(e.remoteType()).isEqualTo(OverdrawnException.class.getName()))
        .hasMessage(OverdrawnException.class.getName() + ": overdrawn by 10")
        .hasCauseExactlyInstanceOf(IOException.class);
    assertThat(back.getSuppressed()).singleElement().isInstanceOf(RuntimeException.class);
    assertThat(back.getStackTrace()).isEqualTo(withoutLoaders(thrown.getStackTrace()));
  }

  /// Finds everything but one class.
  private static final class LoaderWithout extends ClassLoader {

    private final String missing;

    LoaderWithout(String missing) {
      super(ThrowableCodecTests.class.getClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(missing)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  static final class Innocent {
    static boolean initialised;

    static {
      Probe.initialised = true;
    }
  }

  static final class Probe {
    static boolean initialised;
  }

  @Test
  void classThatIsNoExceptionIsNeitherMadeNorInitialised() {
    var output = new Output(10_000);
    output.writeString(Innocent.class.getName());
    output.writeString("message");
    output.writeBoolean(true);
    output.writeUnsignedInt(1);
    output.writeBoolean(false);
    output.writeBoolean(false);
    output.writeBoolean(false);

    var back = codec.read(new Input(output.array(), 0, output.size()), loader());

    assertThat(back).isExactlyInstanceOf(RemoteCallException.class);
    assertThat(Probe.initialised).isFalse();
  }

  @Test
  void framesThatAreNotWantedAreLeftOut() {
    Predicate<StackTraceElement> wanted = frame -> !frame.getClassName().startsWith("org.junit.");
    var filtering = new BinaryCodec(loader(), wanted).throwables();
    var output = new Output(100_000);
    filtering.write(new RuntimeException("x"), output);

    var back = filtering.read(new Input(output.array(), 0, output.size()), loader());

    assertThat(back.getStackTrace()).isNotEmpty().allMatch(wanted);
  }

  @Test
  void cyclesEnd() {
    var first = new RuntimeException("first");
    var second = new RuntimeException("second", first);
    first.initCause(second);
    second.addSuppressed(first);

    var back = roundTrip(first);

    assertThat(back.getCause()).hasMessage("second").hasNoCause().hasNoSuppressedExceptions();
  }

  static final class Holding extends RuntimeException {
    @Nullable Throwable held;
    final List<Throwable> others = new ArrayList<>();
  }

  @Test
  void exceptionsInFieldsComeBackAndTheirCyclesEnd() {
    var holding = new Holding();
    holding.held = holding;
    holding.others.add(new IOException("other"));
    holding.others.add(holding);

    var back = (Holding) roundTrip(holding);

    assertThat(back.held).isNull();
    assertThat(back.others.getFirst()).isExactlyInstanceOf(IOException.class).hasMessage("other");
    assertThat(back.others.get(1)).isNull();
  }

  @Test
  void longChainsTracesAndMessagesAreCut() {
    Throwable thrown = new RuntimeException("x".repeat(1_000_000));
    for (int i = 0; i < 1000; i++) {
      thrown = new RuntimeException("level " + i, thrown);
    }
    var frame = new StackTraceElement("Type", "method", "Type.java", 1);
    var frames = new StackTraceElement[5000];
    Arrays.fill(frames, frame);
    thrown.setStackTrace(frames);

    var back = roundTrip(thrown);

    assertThat(back.getStackTrace()).hasSize(ThrowableCodec.MAX_FRAMES);
    int chain = 0;
    for (var each = back; each != null; each = each.getCause()) {
      chain++;
    }
    assertThat(chain).isEqualTo(ThrowableCodec.MAX_THROWABLES);
    assertThat(roundTrip(new RuntimeException("x".repeat(1_000_000))).getMessage())
        .hasSize(ThrowableCodec.MAX_MESSAGE + 1);
  }

  @Test
  void changedBytesAreReadOrMalformedAndNothingElse() {
    var random = new Random(5);
    var thrown = new OverdrawnException(BigDecimal.TEN, List.of("a"));
    thrown.setStackTrace(Arrays.copyOf(thrown.getStackTrace(), 2));
    thrown.addSuppressed(new RuntimeException("x"));
    var good = written(thrown);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      var bytes = good.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      try {
        read += read(bytes, loader()).getStackTrace().length;
      } catch (MalformedPayloadException _) {
        read++;
      }
    }

    assertThat(read).isPositive();
  }

  private Throwable roundTrip(Throwable thrown) {
    return read(written(thrown), loader());
  }

  private byte[] written(Throwable thrown) {
    var output = new Output(10_000_000);
    codec.write(thrown, output);
    return Arrays.copyOf(output.array(), output.size());
  }

  private Throwable read(byte[] bytes, ClassLoader loader) {
    return codec.read(new Input(bytes), loader);
  }

  private static ClassLoader loader() {
    return ThrowableCodecTests.class.getClassLoader();
  }

  @Test
  void classWhenThereIsNoneIsNotAskedOfTheClassLoaderThatWouldRememberItsName() {
    var output = new Output(Bytes.LIMIT);
    new ThrowableCodec(new BinaryCodec(), _ -> true)
        .write(new dev.myelin.RemoteCallException("x.Made", "up", null), output);
    var bytes = java.util.Arrays.copyOf(output.array(), output.size());
    var text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    var made =
        text.replace("RemoteCallException", "RemoteCallExceptiom")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    var asked = new java.util.ArrayList<String>();
    var loader =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name, resolve);
          }
        };

    var read = new ThrowableCodec(new BinaryCodec(), _ -> true).read(new Input(made), loader);

    assertThat(read).isInstanceOf(dev.myelin.RemoteCallException.class);
    assertThat(asked).isEmpty();
  }
}
