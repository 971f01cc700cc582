package dev.myelin.wire.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries exceptions, which describe themselves, since nobody declares them. Thread-safe.
///
/// An exception comes back as an instance of its own class, with message, stack trace, cause,
/// suppressed exceptions and the values of its own fields, without any of its constructors being
/// run. Of these:
/// - a class that the reading side lacks, or that cannot be made so, becomes a
///   [dev.myelin.RemoteCallException] with its name, message, stack trace, cause and suppressed;
/// - fields that the JDK's exceptions declare are lost, and so are fields whose types cannot be
///   carried or differ between the two sides;
/// - what is met inside itself, and what exceeds the limits below, is left out.
public final class ThrowableCodec {

  /// Most exceptions carried with one, causes and suppressed ones of all levels together.
  static final int MAX_THROWABLES = 50;

  /// Most frames of one stack trace; the innermost are kept.
  static final int MAX_FRAMES = 250;

  /// Most characters of a message.
  static final int MAX_MESSAGE = 10_000;

  private static final int SAME_MESSAGE = 1;

  private final ThrowableFields fields;
  private final ThrowableFactory factory = new ThrowableFactory();
  private final Predicate<StackTraceElement> frames;

  /// Creates one.
  ///
  /// @param codec carries the values of the exceptions' own fields
  /// @param frames which frames of a stack trace are sent
  public ThrowableCodec(Codec codec, Predicate<StackTraceElement> frames) {
    this.fields = new ThrowableFields(codec);
    this.frames = frames;
  }

  /// Appends an exception.
  ///
  /// @param throwable the exception
  /// @param output where to
  /// @throws UncarriableValueException if the output has no room for it
  public void write(Throwable throwable, Output output) {
    boolean first = output.throwables == null;
    if (first) {
      output.throwables = new ThrowableTrail();
    }
    try {
      writeOpen(throwable, output, Objects.requireNonNull(output.throwables));
    } finally {
      if (first) {
        output.throwables = null;
      }
    }
  }

  /// Reads an exception.
  ///
  /// @param input where from
  /// @param loader finds the classes of exceptions; only subclasses of [Throwable] are used
  /// @throws MalformedPayloadException if the bytes are no exception
  public Throwable read(Input input, ClassLoader loader) {
    if (++input.throwables > MAX_THROWABLES) {
      throw input.malformed(
          "more than %d exceptions are carried with one".formatted(MAX_THROWABLES));
    }
    var name = requireText(input);
    var message = input.readString();
    var rawMessage = input.readByte() == SAME_MESSAGE ? message : input.readString();
    var trace = StackFrames.read(input);
    var cause = input.readBoolean() ? read(input, loader) : null;
    var suppressed = new ArrayList<Throwable>();
    while (input.readBoolean()) {
      suppressed.add(read(input, loader));
    }
    var remote = new ThrowableFactory.Remote(name, message, rawMessage, cause);
    var made = factory.create(remote, loader);
    fields.read(made, input);
    var throwable = factory.usable(made, remote);
    restore(throwable, trace);
    suppressed.forEach(throwable::addSuppressed);
    return throwable;
  }

  /// Appends an exception or null, behind its length, so that it can be passed over.
  void writeField(Output output, @Nullable Throwable throwable) {
    boolean present =
        throwable != null && (output.throwables == null || output.throwables.admits(throwable));
    output.writeBoolean(present);
    if (present) {
      int start = output.size();
      output.writeFixedInt(0);
      write(Objects.requireNonNull(throwable), output);
      output.setFixedInt(start, output.size() - start - Integer.BYTES);
    }
  }

  /// Reads what [#writeField] wrote.
  @Nullable Throwable readField(Input input, ClassLoader loader) {
    return input.readBoolean() ? read(input.slice(input.readFixedInt()), loader) : null;
  }

  /// Passes over what [#writeField] wrote.
  static void skipField(Input input) {
    if (input.readBoolean()) {
      input.skip(input.readFixedInt());
    }
  }

  private void writeOpen(Throwable throwable, Output output, ThrowableTrail trail) {
    trail.enter(throwable);
    output.writeString(throwable.getClass().getName());
    var message = shorten(ask(throwable::getMessage));
    output.writeString(message);
    var rawMessage = shorten(ask(() -> factory.rawMessage(throwable)));
    output.writeBoolean(Objects.equals(message, rawMessage));
    if (!Objects.equals(message, rawMessage)) {
      output.writeString(rawMessage);
    }
    StackFrames.write(ask(throwable::getStackTrace), frames, output);
    writeIfAdmitted(ask(throwable::getCause), output, trail);
    for (var suppressed : throwable.getSuppressed()) {
      if (trail.admits(suppressed)) {
        writeIfAdmitted(suppressed, output, trail);
      }
    }
    output.writeBoolean(false);
    fields.write(throwable, output);
    trail.leave(throwable);
  }

  private void writeIfAdmitted(@Nullable Throwable throwable, Output output, ThrowableTrail trail) {
    boolean admitted = throwable != null && trail.admits(throwable);
    output.writeBoolean(admitted);
    if (admitted) {
      writeOpen(Objects.requireNonNull(throwable), output, trail);
    }
  }

  private static void restore(Throwable throwable, StackTraceElement[] trace) {
    try {
      throwable.setStackTrace(trace);
    } catch (RuntimeException _) {
      return; // a class that does not want it
    }
  }

  /// An exception's own methods may throw; that must not replace it.
  private static <T> @Nullable T ask(Supplier<? extends @Nullable T> method) {
    try {
      return method.get();
    } catch (RuntimeException _) {
      return null;
    }
  }

  private static @Nullable String shorten(@Nullable String message) {
    return message == null || message.length() <= MAX_MESSAGE
        ? message
        : message.substring(0, MAX_MESSAGE) + "…";
  }

  private static String requireText(Input input) {
    var text = input.readString();
    if (text == null) {
      throw input.malformed("an exception has no class");
    }
    return text;
  }

  /// The stack trace of an exception on the wire.
  private static final class StackFrames {

    private static final int LEAST_BYTES = 5;

    private StackFrames() {}

    static void write(
        StackTraceElement @Nullable [] trace, Predicate<StackTraceElement> wanted, Output output) {
      var all = trace == null ? List.<StackTraceElement>of() : List.of(trace);
      var kept = all.stream().filter(wanted).limit(MAX_FRAMES).toList();
      output.writeUnsignedInt(kept.size() + 1);
      for (var frame : kept) {
        output.writeString(frame.getClassName());
        output.writeString(frame.getMethodName());
        output.writeString(frame.getFileName());
        output.writeString(frame.getModuleName());
        output.writeInt(frame.getLineNumber());
      }
    }

    static StackTraceElement[] read(Input input) {
      var trace = new StackTraceElement[Math.max(0, input.readCount(LEAST_BYTES))];
      for (int i = 0; i < trace.length; i++) {
        var type = requireText(input);
        var method = requireText(input);
        var file = input.readString();
        var module = input.readString();
        int line = input.readInt();
        trace[i] = new StackTraceElement(null, module, null, type, method, file, line);
      }
      return trace;
    }
  }
}
