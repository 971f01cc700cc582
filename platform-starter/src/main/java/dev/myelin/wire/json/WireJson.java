package dev.myelin.wire.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON form of the records of `wire`: instants and durations in ISO 8601, unknown fields ignored,
/// so that processes of neighbouring versions read each other's files. Thread-safe.
public final class WireJson {

  /// Number of JSON among the formats of calls.
  public static final int CODEC = 2;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private WireJson() {}

  /// Writes a record as indented JSON.
  ///
  /// @param value the record
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// Reads a record.
  ///
  /// @param json what [#write] wrote
  /// @param type the record's class
  /// @throws IllegalArgumentException if it is not JSON of that record
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "Not the JSON of a %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
    }
  }
}
