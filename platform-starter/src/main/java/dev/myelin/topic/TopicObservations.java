package dev.myelin.topic;

import dev.myelin.wire.TopicDelivery;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// One observation for each publication and each delivery, from which Micrometer makes timers,
/// counts and spans; a trace goes on from the publisher to its subscribers.
///
/// | observation | keys |
/// |---|---|
/// | `myelin.topic.publish` | `topic`, `outcome`: `ACCEPTED`, `FAILED` |
/// | `myelin.topic.delivery` | `topic`, `group`, `redelivered`: `true`, `false`, `outcome`:
///   `ACKNOWLEDGED`, `RETRIED`, `DEAD` |
///
/// @param registry hears of the observations
public record TopicObservations(ObservationRegistry registry) {

  /// Name of the observation of a publication.
  public static final String PUBLISH = "myelin.topic.publish";

  /// Name of the observation of a delivery.
  public static final String DELIVERY = "myelin.topic.delivery";

  private static final String OUTCOME = "outcome";

  /// What a delivery came to.
  enum Outcome {
    ACKNOWLEDGED,
    RETRIED,
    DEAD
  }

  /// Observes a publication.
  ///
  /// @param topic name of the topic
  /// @param headers gets what a propagator wants to travel with it
  /// @param task publishes
  void publish(String topic, Map<String, String> headers, Runnable task) {
    var context =
        new SenderContext<Map<String, String>>(
            (carrier, key, value) -> Objects.requireNonNull(carrier).put(key, value),
            Kind.PRODUCER);
    context.setCarrier(headers);
    var observation =
        Observation.createNotStarted(PUBLISH, () -> context, registry)
            .contextualName("publish " + topic)
            .lowCardinalityKeyValue("topic", topic)
            .lowCardinalityKeyValue(OUTCOME, "UNKNOWN")
            .start();
    try (var _ = observation.openScope()) {
      task.run();
      observation.lowCardinalityKeyValue(OUTCOME, "ACCEPTED");
    } catch (RuntimeException | Error e) {
      observation.lowCardinalityKeyValue(OUTCOME, "FAILED").error(e);
      throw e;
    } finally {
      observation.stop();
    }
  }

  /// Observes a delivery.
  ///
  /// @param delivery the delivery
  /// @param group name of the group
  /// @param task handles it and tells what it came to
  void deliver(TopicDelivery delivery, String group, Supplier<Outcome> task) {
    var topic = delivery.message().topic();
    var context =
        new ReceiverContext<Map<String, String>>((carrier, key) -> carrier.get(key), Kind.CONSUMER);
    context.setCarrier(delivery.message().headers());
    var observation =
        Observation.createNotStarted(DELIVERY, () -> context, registry)
            .contextualName("deliver " + topic)
            .lowCardinalityKeyValue("topic", topic)
            .lowCardinalityKeyValue("group", group)
            .lowCardinalityKeyValue("redelivered", Boolean.toString(delivery.attempt() > 1))
            .lowCardinalityKeyValue(OUTCOME, "UNKNOWN")
            .start();
    try (var _ = observation.openScope()) {
      observation.lowCardinalityKeyValue(OUTCOME, task.get().name());
    } finally {
      observation.stop();
    }
  }
}
