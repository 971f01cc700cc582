package dev.myelin.topic;

import dev.myelin.wire.TopicMessage;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// Says that an event is none of the type that a subscriber declares.
public final class UnreadableEventException extends RuntimeException {

  UnreadableEventException(
      TopicMessage message, Type declared, String reason, @Nullable Throwable cause) {
    super(
        "Publication '%s' of topic '%s', an event of class '%s', cannot be read as '%s': %s"
            .formatted(
                message.id(), message.topic(), message.type(), declared.getTypeName(), reason),
        cause);
  }
}
