package dev.myelin.samples.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTests {

  private static final StackTraceElement SERVICE =
      frame("dev.myelin.samples.shapes.failure.Accounts");
  private static final StackTraceElement PLATFORM = frame("dev.myelin.client.Anything");
  private static final StackTraceElement CALLER =
      frame("dev.myelin.samples.shapes.failure.FailureScenarios");

  @Test
  void thrownTellsWhereItCameFromAndWhereItArrived() {
    var thrown = thrownWith(SERVICE, CALLER);

    assertThat(thrown.thrownAt()).isEqualTo("Accounts.run");
    assertThat(thrown.callerInStack()).isTrue();
    assertThat(thrown.platformInStack()).isFalse();
  }

  @Test
  void thrownWithoutCallerTellsSo() {
    assertThat(thrownWith(SERVICE).callerInStack()).isFalse();
    assertThat(thrownWith(SERVICE, frame(Scenarios.class.getName())).callerInStack()).isFalse();
  }

  @Test
  void thrownWithFramesOfThePlatformTellsSo() {
    assertThat(thrownWith(SERVICE, PLATFORM, CALLER).platformInStack()).isTrue();
  }

  @Test
  void thrownWithoutFramesCameFromNowhere() {
    assertThat(thrownWith().thrownAt()).isEqualTo("nowhere");
  }

  private static Outcome.Thrown thrownWith(StackTraceElement... frames) {
    var failure = new IllegalStateException("no");
    failure.setStackTrace(frames);
    return Outcome.Thrown.of(failure);
  }

  private static StackTraceElement frame(String type) {
    return new StackTraceElement(type, "run", null, -1);
  }
}
