package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Delivery;
import dev.myelin.Subscribe;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;

final class SubscriberFailureTests {

  static class NoEvent {
    @Subscribe("orders")
    void handle() {}
  }

  static class DeliveryAlone {
    @Subscribe("orders")
    void handle(Delivery delivery) {}
  }

  static class TwoEvents {
    @Subscribe("orders")
    void handle(String one, String other) {}
  }

  static class Returning {
    @Subscribe("orders")
    String handle(String event) {
      return event;
    }
  }

  static class Static {
    @Subscribe("orders")
    static void handle(String event) {}
  }

  static class NoTopic {
    @Subscribe
    void handle(String event) {}
  }

  static class BadTopic {
    @Subscribe("all orders")
    void handle(String event) {}
  }

  static class BadGroup {
    @Subscribe(topic = "orders", group = "a*")
    void handle(String event) {}
  }

  static class Both {
    @Subscribe(topic = "orders", group = "a", eachInstance = true)
    void handle(String event) {}
  }

  static class Idle {
    @Subscribe(topic = "orders", concurrency = 0)
    void handle(String event) {}
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(NoEvent.class, "takes no event", "void name(Event event)"),
        Arguments.of(DeliveryAlone.class, "takes no event", "void name(Event event)"),
        Arguments.of(TwoEvents.class, "more than an event", "Delivery delivery"),
        Arguments.of(Returning.class, "returns String", "CompletionStage"),
        Arguments.of(Static.class, "is static", "method of the bean"),
        Arguments.of(NoTopic.class, "the topic ''", "letters, digits"),
        Arguments.of(BadTopic.class, "the topic 'all orders'", "letters, digits"),
        Arguments.of(BadGroup.class, "the group 'a*'", "letters, digits"),
        Arguments.of(Both.class, "group 'a'", "Remove"),
        Arguments.of(Idle.class, "concurrency of 0", "at least 1"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void methodThatCannotBeSubscribedIsExplained(Class<?> type, String reason, String remedy) {
    var analysis =
        StartupFailureTests.analysis(
            Contexts.inProcess()
                .withConfiguration(AutoConfigurations.of(TopicAutoConfiguration.class))
                .withBean("listener", type));

    assertThat(analysis.getDescription())
        .contains(type.getName() + ".handle of bean 'listener'", reason);
    assertThat(Objects.requireNonNull(analysis.getAction())).contains(remedy);
  }

  static class One {
    @Subscribe("orders")
    void one(String event) {}

    @Subscribe("orders")
    void other(String event) {}
  }

  @Test
  void methodsThatWouldShareTheEventsAreExplained() {
    var analysis =
        StartupFailureTests.analysis(
            Contexts.inProcess()
                .withConfiguration(AutoConfigurations.of(TopicAutoConfiguration.class))
                .withPropertyValues("spring.application.name=shop")
                .withBean(One.class));

    assertThat(analysis.getDescription())
        .contains("One.one", "One.other", "'orders'", "group 'shop'", "only one of them");
    assertThat(Objects.requireNonNull(analysis.getAction()))
        .contains("@Subscribe(topic = \"orders\", group");
  }
}
