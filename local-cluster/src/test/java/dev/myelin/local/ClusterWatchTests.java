package dev.myelin.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.UnaskedOrchestrator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;

class ClusterWatchTests {

  private static final ClusterView SERVING = Views.of("front", Views.serving("front-1"));

  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final BlockingQueue<ClusterView> shown = new LinkedBlockingQueue<>();
  private final SettableOrchestrator orchestrator = new SettableOrchestrator();
  private final ClusterWatch watch = new ClusterWatch(orchestrator, new RecordingDisplay());

  @AfterEach
  void stop() {
    if (watch.isRunning()) {
      watch.stop();
    }
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    var next = queue.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return java.util.Objects.requireNonNull(next);
  }

  private void listenOn(int port) {
    var server = mock(WebServer.class);
    given(server.getPort()).willReturn(port);
    watch.listening(
        new WebServerInitializedEvent(server) {
          @Override
          public WebServerApplicationContext getApplicationContext() {
            throw new UnsupportedOperationException("Only the port is asked for");
          }
        });
  }

  @Test
  void clusterWhenTheFrontServesAndThePortIsOpenIsReadyOnce() throws Exception {
    orchestrator.view = () -> SERVING;
    listenOn(8080);
    watch.start();

    assertThat(next(said)).startsWith("ready  http://localhost:8080 ");
    assertThat(next(shown)).isEqualTo(SERVING);
    assertThat(next(shown)).isEqualTo(SERVING);
    assertThat(next(shown)).isEqualTo(SERVING);
    assertThat(said).isEmpty();
  }

  @Test
  void clusterWhenAnInstanceIsStartingIsNotReady() throws Exception {
    orchestrator.view =
        () -> Views.merged(SERVING, Views.of("sleeper", Views.starting("sleeper-1")));
    listenOn(8080);
    watch.start();

    next(shown);
    next(shown);
    assertThat(said).isEmpty();
  }

  @Test
  void watchWhenTheOrchestratorFailsGoesOn() throws Exception {
    orchestrator.view =
        () -> {
          orchestrator.view =
              () -> {
                orchestrator.view = () -> SERVING;
                throw new IllegalStateException("a defect");
              };
          throw new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, "not yet");
        };
    watch.start();

    assertThat(next(shown)).isEqualTo(SERVING);
  }

  @Test
  void watchWhenStoppedLooksALastTimeAndSaysSo() throws Exception {
    orchestrator.view = () -> SERVING;
    watch.start();
    next(shown);
    orchestrator.view = () -> Views.EMPTY;

    watch.stop();

    assertThat(next(said)).isEqualTo("stopped");
    assertThat(next(said)).isEqualTo("END");
    assertThat(shown).last().isEqualTo(Views.EMPTY);
    assertThat(watch.isRunning()).isFalse();
  }

  private final class RecordingDisplay implements Display {

    @Override
    public void show(ClusterView view) {
      shown.add(view);
    }

    @Override
    public void say(String line) {
      said.add(line);
    }

    @Override
    public void end() {
      said.add("END");
    }
  }

  private static final class SettableOrchestrator extends UnaskedOrchestrator {

    private volatile Supplier<ClusterView> view = () -> Views.EMPTY;

    @Override
    public ClusterView cluster() {
      return view.get();
    }
  }
}
