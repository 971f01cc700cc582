package dev.myelin.pubsub.broker;

import dev.myelin.wire.TopicMessage;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages as NATS carries them: the event's JSON as the data, all else in headers, so that
/// programs in other languages read and write them too. A message of theirs needs no header.
final class NatsFormat {

  private static final String ID = "Myelin-Id";
  private static final String TIME = "Myelin-Time";
  private static final String TYPE = "Myelin-Type";
  private static final String OTHER = "Myelin-Header-";

  private final String prefix;

  NatsFormat(String stream) {
    this.prefix = stream + ".";
  }

  String subject(String topic) {
    return prefix + topic;
  }

  /// Duplicates are told by this; in NATS they are looked for in all topics together.
  String duplicateId(TopicMessage message) {
    return message.topic() + "/" + message.id();
  }

  Message write(TopicMessage message) {
    var headers =
        new Headers()
            .put(ID, message.id())
            .put(TIME, message.time().toString())
            .put(TYPE, encoded(message.type()));
    message.headers().forEach((key, value) -> headers.put(OTHER + encoded(key), encoded(value)));
    return NatsMessage.builder()
        .subject(subject(message.topic()))
        .headers(headers)
        .data(message.content(), StandardCharsets.UTF_8)
        .build();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /// Reads what [#write] wrote, or what a stranger sent.
  ///
  /// @param subject where it was sent
  /// @param headers its headers
  /// @param data the event
  /// @param sequence its number, the id of a message that has none
  /// @param stored when it was stored, the time of a message that has none
  TopicMessage read(
      String subject, @Nullable Headers headers, byte[] data, long sequence, Instant stored) {
    var others = new LinkedHashMap<String, String>();
    if (headers != null) {
      headers.forEach((key, values) -> {
        if (key.startsWith(OTHER) && !values.isEmpty()) {
          others.put(decoded(key.substring(OTHER.length())), decoded(values.getFirst()));
        }
      });
    }
    return new TopicMessage(
        first(headers, ID, Long.toString(sequence)),
        subject.substring(prefix.length()),
        time(first(headers, TIME, ""), stored),
        decoded(first(headers, TYPE, "")),
        new String(data, StandardCharsets.UTF_8),
        Map.copyOf(others));
  }

  private static String first(@Nullable Headers headers, String key, String otherwise) {
    var value = headers == null ? null : headers.getFirst(key);
    return value == null ? otherwise : value;
  }

  private static Instant time(String text, Instant otherwise) {
    try {
      return text.isEmpty() ? otherwise : Instant.parse(text);
    } catch (DateTimeException _) {
      return otherwise;
    }
  }
}
