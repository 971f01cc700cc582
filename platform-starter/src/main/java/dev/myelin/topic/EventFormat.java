package dev.myelin.topic;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.TopicMessage;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Events as JSON. Thread-safe.
///
/// Only types that the subscriber declares are ever created: the name that the publisher sends
/// chooses among the permitted classes of a sealed type and is used for nothing else.
public final class EventFormat {

  private final JsonMapper mapper;
  private final long limit;

  /// Creates one.
  ///
  /// @param mapper writes and reads the events
  /// @param limit most bytes of an event
  public EventFormat(JsonMapper mapper, long limit) {
    this.mapper = mapper;
    this.limit = limit;
  }

  /// An event as JSON.
  ///
  /// @param topic where it is to be published, for the message of an exception
  /// @param event the event
  /// @throws CallException if it cannot be written, or is too large
  String write(String topic, Object event) {
    String json;
    try {
      json = mapper.writeValueAsString(event);
    } catch (JacksonException e) {
      throw refused(topic, event, "cannot be written as JSON: " + e.getOriginalMessage(), e);
    }
    int size = json.getBytes(StandardCharsets.UTF_8).length;
    if (size > limit) {
      throw refused(
          topic,
          event,
          "is %d bytes of JSON, at most %d are carried; publish a reference to it instead"
              .formatted(size, limit),
          null);
    }
    return json;
  }

  private static CallException refused(
      String topic, Object event, String reason, @Nullable Throwable cause) {
    return new CallException(
        Status.INVALID_ARGUMENT,
        Execution.DID_NOT_RUN,
        "An event of %s was not published on topic '%s': it %s"
            .formatted(event.getClass(), topic, reason),
        cause);
  }

  /// The event of a message.
  ///
  /// @param message the message
  /// @param declared type that the subscriber declares
  /// @throws UnreadableEventException if it is no event of that type
  Object read(TopicMessage message, Type declared) {
    var type = permitted(declared, message.type()).<Type>map(each -> each).orElse(declared);
    try {
      Object event = mapper.readValue(message.content(), mapper.constructType(type));
      if (event == null) {
        throw new UnreadableEventException(message, declared, "it is null", null);
      }
      return event;
    } catch (JacksonException e) {
      throw new UnreadableEventException(message, declared, e.getOriginalMessage(), e);
    }
  }

  private static Optional<Class<?>> permitted(Type declared, String name) {
    var root = ResolvableType.forType(declared).resolve(Object.class);
    return root.isSealed() ? permitted(root, name) : Optional.empty();
  }

  private static Optional<Class<?>> permitted(Class<?> type, String name) {
    if (type.getName().equals(name)) {
      return Optional.of(type);
    }
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .map(each -> permitted(each, name))
            .flatMap(Optional::stream)
            .findFirst()
        : Optional.empty();
  }
}
