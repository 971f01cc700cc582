package dev.myelin.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.wire.ApplicationDescription;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class DescribedApplicationTests {

  private static final ApplicationDescription SHOP =
      new ApplicationDescription("shop", "b1", List.of());

  @Test
  void descriptionIsKnownOnceItIsThere() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    var application = new DescribedApplication(() -> SHOP, tasks::add);
    assertThat(application.known()).isEmpty();

    tasks.remove().run();

    assertThat(application.known()).contains(SHOP);
    assertThat(application.await()).isEqualTo(SHOP);
  }

  @Test
  void failureReachesWhoWaits() {
    var application =
        new DescribedApplication(
            () -> {
              throw new UnusableApplicationException("no jar", "build it");
            },
            Runnable::run);

    assertThat(application.known()).isEmpty();
    assertThatExceptionOfType(UnusableApplicationException.class)
        .isThrownBy(application::await)
        .withMessage("no jar");
  }
}
