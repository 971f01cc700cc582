package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Microservice;
import dev.myelin.client.BalanceSettings;
import dev.myelin.contract.ServiceContracts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A call of a service that has no instance.
@Timeout(60)
final class AbsenceTests {

  private final CallPathScene scene = new CallPathScene();
  private final List<String> noticed = new CopyOnWriteArrayList<>();

  /// Nobody hosts it at first.
  @Microservice(name = "dormant", timeout = "20s")
  public interface Dormant {
    int twice(int number);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private void start(String service) {
    noticed.add(service);
    try {
      scene.serve(Dormant.class, number -> 2 * number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void firstCallIsNoticedAndWaitsForTheInstanceThatIsStarted() {
    var clients = scene.caller(BalanceSettings.defaults(), this::start);
    var dormant = (Dormant) clients.standIn(ServiceContracts.of(Dormant.class));

    assertThat(dormant.twice(21)).isEqualTo(42);
    assertThat(dormant.twice(4)).isEqualTo(8);
    assertThat(noticed).containsExactly("dormant");
  }
}
