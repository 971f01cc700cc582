package dev.myelin.storage.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.temporal.Temporal;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;

/// Any key of a cache as a text: the same in every process for keys that are equal, and another one
/// for keys that are not, of whatever classes they are. Stateless.
final class CacheKeys {

  // its text runs the parameters together: ("a,b", "c") would be ("a", "b,c")
  private static final VarHandle PARAMETERS = parameters();

  private final CacheValues values;

  CacheKeys(CacheValues values) {
    this.values = values;
  }

  private static VarHandle parameters() {
    try {
      return MethodHandles.privateLookupIn(SimpleKey.class, MethodHandles.lookup())
          .findVarHandle(SimpleKey.class, "params", Object[].class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "This version of Spring keeps the parameters of a SimpleKey elsewhere; it is not supported",
          e);
    }
  }

  /// The text of a key.
  ///
  /// @param key the key
  /// @throws IllegalArgumentException if it is of a class that cannot be written
  String text(@Nullable Object key) {
    if (key instanceof String text) {
      return "s:" + text;
    }
    var text = new StringBuilder();
    append(text, key);
    return text.toString();
  }

  private void append(StringBuilder text, @Nullable Object key) {
    switch (key) {
      case null -> text.append('n');
      case String string -> sized(text, "s", string);
      case Number number when plain(number) ->
          sized(text, number.getClass().getSimpleName(), number);
      case Boolean value -> sized(text, "b", value);
      case Character value -> sized(text, "c", value);
      case UUID value -> sized(text, "u", value);
      case Locale value -> sized(text, "l", value.toLanguageTag());
      case Temporal value when plain(value) -> sized(text, value.getClass().getSimpleName(), value);
      case Enum<?> value -> sized(text, value.getDeclaringClass().getName(), value.name());
      case SimpleKey simple -> append(text, (Object[]) PARAMETERS.get(simple));
      case Object[] several -> append(text, several);
      case List<?> several -> append(text, several.toArray());
      default ->
          sized(
              text, "v", Base64.getUrlEncoder().withoutPadding().encodeToString(values.write(key)));
    }
  }

  private static boolean plain(Object value) {
    var home = value.getClass().getPackageName();
    return home.equals("java.lang") || home.equals("java.math") || home.equals("java.time");
  }

  private void append(StringBuilder text, Object[] several) {
    text.append(several.length).append('[');
    for (var each : several) {
      append(text, each);
    }
    text.append(']');
  }

  private static void sized(StringBuilder text, String type, Object value) {
    var string = value.toString();
    text.append(type).append(string.length()).append(':').append(string);
  }
}
