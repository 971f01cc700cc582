package dev.myelin.samples.beans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.myelin.Microservice;
import dev.myelin.callpath.Sides;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// A class that no stand-in can extend.
final class FinalClassTests {

  static final String FAILURE_IN_SHORT =
      "hosts it like any other; a process that calls it does not start, and says why";

  @Microservice
  static final class Closed {
    public String answer() {
      return "closed";
    }
  }

  /// Only this service.
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Closed.class)
  static class Application {}

  /// Injects it, too.
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({Closed.class, Caller.class})
  static class CallingApplication {}

  record Caller(Closed closed) {}

  @Test
  void finalClassInProcessIsAnOrdinaryBean() {
    try (var sides = Sides.inProcess(CallingApplication.class)) {
      assertThat(sides.caller().getBean(Caller.class).closed().answer()).isEqualTo("closed");
    }
  }

  @Test
  void finalClassWhereItIsCalledFromElsewhereFailsAtStartUp() {
    var failure =
        catchThrowable(
            () -> Sides.start(CallingApplication.class, List.of("--myelin.mode=process")).close());

    assertThat(failure).hasStackTraceContaining("Closed").hasStackTraceContaining("final");
  }

  @Test
  void finalClassWhereItIsHostedStarts() {
    try (var host =
        Sides.start(Application.class, List.of("--myelin.mode=process", "--myelin.hosts=closed"))) {
      assertThat(host.getBean(Closed.class).answer()).isEqualTo("closed");
    }
  }
}
