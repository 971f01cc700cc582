package dev.myelin.samples.shapes;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a caller sees of a call, as text.
public sealed interface Outcome {

  /// The call gave a result.
  ///
  /// @param value the result
  record Returned(String value) implements Outcome {}

  /// The call threw.
  ///
  /// @param failure the exception itself
  /// @param thrownAt class and method of the first frame
  /// @param callerInStack whether the stack trace leads back to the scenario that made the call
  /// @param platformInStack whether frames of the platform show in the stack trace
  record Thrown(Failure failure, String thrownAt, boolean callerInStack, boolean platformInStack)
      implements Outcome {

    /// Describes an exception.
    ///
    /// @param thrown as the caller caught it
    static Thrown of(Throwable thrown) {
      var frames = List.of(thrown.getStackTrace());
      return new Thrown(
          Failure.of(thrown),
          frames.isEmpty() ? "nowhere" : nameOf(frames.getFirst()),
          frames.stream().anyMatch(Thrown::ofScenario),
          frames.stream().anyMatch(Thrown::ofPlatform));
    }

    private static String nameOf(StackTraceElement frame) {
      var type = frame.getClassName();
      return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }

    private static boolean ofScenario(StackTraceElement frame) {
      return frame.getClassName().startsWith(SAMPLE)
          && frame.getClassName().endsWith("Scenarios")
          && !frame.getClassName().equals(Scenarios.class.getName());
    }

    private static boolean ofPlatform(StackTraceElement frame) {
      return frame.getClassName().startsWith("dev.myelin.")
          && !frame.getClassName().startsWith(SAMPLE);
    }
  }

  /// An exception, its causes and what it suppressed.
  ///
  /// @param type name of its class
  /// @param message its message
  /// @param fields the fields that the application's own exception classes declare
  /// @param cause its cause
  /// @param suppressed what it suppressed, in order
  record Failure(
      String type,
      @Nullable String message,
      SortedMap<String, String> fields,
      @Nullable Failure cause,
      List<Failure> suppressed) {

    /// Describes an exception.
    ///
    /// @param thrown the exception
    static Failure of(Throwable thrown) {
      var cause = thrown.getCause();
      return new Failure(
          thrown.getClass().getName(),
          thrown.getMessage(),
          fieldsOf(thrown),
          cause == null ? null : Failure.of(cause),
          Arrays.stream(thrown.getSuppressed()).map(Failure::of).toList());
    }

    private static SortedMap<String, String> fieldsOf(Throwable thrown) {
      var fields = new TreeMap<String, String>();
      if (!thrown.getClass().getName().startsWith(SAMPLE)) {
        return fields;
      }
      for (var field : thrown.getClass().getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          try {
            field.setAccessible(true);
            fields.put(field.getName(), Rendering.of(field.get(thrown)));
          } catch (IllegalAccessException failure) {
            throw new IllegalStateException("Cannot read " + field, failure);
          }
        }
      }
      return fields;
    }
  }

  /// Where the names of the sample's own classes begin.
  String SAMPLE = "dev.myelin.samples.";
}
