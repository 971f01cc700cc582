package dev.myelin.topic;

import dev.myelin.CallContext;
import dev.myelin.Delivery;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicNames;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The publisher's [CallContext] in a header of its event, as a form is written
/// (`tenant=acme&season=sp%C3%A4t`): one line of ASCII, as every broker carries it and programs in
/// other languages read it.
final class EventContext {

  private EventContext() {}

  /// Adds the current thread's context, if there is any.
  static void write(Map<String, String> headers) {
    var values = CallContext.current().values();
    if (!values.isEmpty()) {
      headers.put(
          Delivery.CONTEXT,
          values.entrySet().stream()
              .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
              .collect(Collectors.joining("&")));
    }
  }

  /// What has arrived with an event.
  ///
  /// @throws IllegalArgumentException if it is no context, but of a dead letter: that may be what
  ///   it died of
  static CallContext of(TopicMessage message) {
    try {
      return read(message.headers().get(Delivery.CONTEXT));
    } catch (IllegalArgumentException e) {
      if (TopicNames.deadLetters(message.topic())) {
        return CallContext.of(Map.of());
      }
      throw new IllegalArgumentException(
          "The header '%s' is no context: %s".formatted(Delivery.CONTEXT, e.getMessage()), e);
    }
  }

  private static CallContext read(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return CallContext.of(Map.of());
    }
    var values = new HashMap<String, String>();
    for (var pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("'%s' has no '='".formatted(pair));
      }
      values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
    }
    return CallContext.of(values);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
