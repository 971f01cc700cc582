package dev.myelin.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Microservice;
import dev.myelin.Status;
import dev.myelin.transport.TransportSecurity;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Tunnel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls through the tunnels of real gateways, to a real instance.
@Timeout(120)
class TunnelTests {

  private final TunnelScene scene = new TunnelScene(TransportSecurity.none());
  private final List<AutoCloseable> opened = new ArrayList<>();

  /// What is called where it cannot succeed, which is tried until its deadline.
  @Microservice(value = "echo", timeout = "3s")
  public interface Brief {
    byte[] echo(byte[] bytes);
  }

  /// What is called.
  @Microservice("echo")
  public interface Echo {
    byte[] echo(byte[] bytes);

    String hold();
  }

  private static final class Holding implements Echo {
    final CountDownLatch arrived = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);
    final AtomicInteger held = new AtomicInteger();

    @Override
    public byte[] echo(byte[] bytes) {
      return bytes;
    }

    @Override
    public String hold() {
      held.incrementAndGet();
      arrived.countDown();
      try {
        released.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return "held";
    }
  }

  @AfterEach
  void close() throws Exception {
    for (var each : opened.reversed()) {
      each.close();
    }
    scene.close();
  }

  private RunningGateway gateway(String... further) {
    var gateway = TunnelScene.gateway(further);
    opened.add(gateway);
    return gateway;
  }

  private TunnelScene.Outside outside(RunningGateway gateway, String token) {
    var outside = scene.outside(gateway.uri("/"), token);
    opened.add(outside);
    return outside;
  }

  private void list(RunningGateway gateway, Holding bean) throws Exception {
    var member = scene.serve(Echo.class, bean);
    gateway.membership.set("*", member);
    scene.outside.set("echo", member);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5_000, 3_000_000})
  void callWhateverItsSizeComesBackThroughTheTunnel(int size) throws Exception {
    var gateway = gateway();
    list(gateway, new Holding());
    var bytes = new byte[size];
    Arrays.fill(bytes, (byte) 7);

    try (var outside = outside(gateway, TunnelScene.SECOND_TOKEN)) {
      assertThat(outside.standIn(Echo.class).echo(bytes)).isEqualTo(bytes);
    }
  }

  @Test
  void callsWhenThereAreManyAtOnceAllComeBack() throws Exception {
    var gateway = gateway("--myelin.core.gateway.tunnel.buffer=1KB");
    list(gateway, new Holding());

    var echo = outside(gateway, TunnelScene.TOKEN).standIn(Echo.class);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          java.util.stream.IntStream.range(0, 64)
              .mapToObj(i -> callers.submit(() -> echo.echo(new byte[i * 2_000]).length))
              .toList();
      for (int i = 0; i < calls.size(); i++) {
        assertThat(calls.get(i).get()).isEqualTo(i * 2_000);
      }
    }
  }

  @Test
  void coreWhenAskedForIsWhicheverProcessAnswers() throws Exception {
    var gateway = gateway();
    var there = scene.serve(Echo.class, new Holding());
    gateway.membership.set(
        ServiceNames.PUBSUB, TunnelScene.member(ServiceNames.PUBSUB, closedPort()), there);
    scene.outside.set("echo", TunnelScene.member("echo", Tunnel.CORE));

    assertThat(outside(gateway, TunnelScene.TOKEN).standIn(Echo.class).echo(new byte[3]))
        .hasSize(3);
  }

  @Test
  void callWhenTheTokenIsWrongDidNotRunAndSaysWhatToDo() throws Exception {
    var gateway = gateway();
    var bean = new Holding();
    list(gateway, bean);

    refused(outside(gateway, "a-token-of-another-test"), "401", "myelin.core.token");
    assertThat(bean.held).hasValue(0);
  }

  @Test
  void callWhenTheInstanceIsNotListedDidNotRun() throws Exception {
    var gateway = gateway();
    scene.outside.set("echo", scene.serve(Echo.class, new Holding()));

    refused(outside(gateway, TunnelScene.TOKEN), "404", "No process of this cluster is listed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "0.0.0.0", "224.0.0.1", "[fe80::1]"})
  void addressWhenNoProcessCanHaveItIsRefusedThoughListed(String host) throws Exception {
    var gateway = gateway();
    var endpoint = new Endpoint(host.replaceAll("[\\[\\]]", ""), 80);
    var member = TunnelScene.member("echo", endpoint);
    gateway.membership.set("*", member);
    scene.outside.set("echo", member);

    refused(outside(gateway, TunnelScene.TOKEN), "404");
  }

  @Test
  void callWhenTunnelsAreOffDidNotRunAndSaysSo() throws Exception {
    var gateway = new RunningGateway();
    opened.add(gateway);
    list(gateway, new Holding());

    refused(outside(gateway, TunnelScene.TOKEN), "404", "myelin.core.gateway.tunnel.enabled");
  }

  @Test
  void callWhenTheInstanceIsGoneDidNotRun() throws Exception {
    var gateway = gateway();
    var member = TunnelScene.member("echo", closedPort());
    gateway.membership.set("*", member);
    scene.outside.set("echo", member);

    refused(outside(gateway, TunnelScene.TOKEN), "503", "cannot be reached from the gateway");
  }

  @Test
  void tunnelWhenOneTooManyIsRefused() throws Exception {
    var gateway = gateway("--myelin.core.gateway.tunnel.max-tunnels=1");
    list(gateway, new Holding());

    var first = outside(gateway, TunnelScene.TOKEN);
    assertThat(first.standIn(Echo.class).echo(new byte[1])).hasSize(1);
    refused(outside(gateway, TunnelScene.TOKEN), "429", "max-tunnels");

    first.close();
    // its place is free as soon as its end is noticed
    var next = outside(gateway, TunnelScene.TOKEN).standIn(Echo.class);
    TunnelScene.await(() -> answers(next));
  }

  private static void refused(TunnelScene.Outside outside, String... texts) {
    assertThatThrownBy(() -> outside.standIn(Brief.class).echo(new byte[1]))
        .isInstanceOfSatisfying(
            CallException.class,
            failure -> {
              assertThat(failure.execution()).isEqualTo(Execution.DID_NOT_RUN);
              // the second where the deadline passes in the middle of an attempt
              assertThat(failure.status()).isIn(Status.UNAVAILABLE, Status.DEADLINE_EXCEEDED);
            })
        .satisfies(failure -> assertThat(failure.toString()).contains(texts));
  }

  private static boolean answers(Echo echo) {
    try {
      return echo.echo(new byte[1]).length == 1;
    } catch (CallException _) {
      return false;
    }
  }

  private static Endpoint closedPort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Endpoint("127.0.0.1", socket.getLocalPort());
    }
  }

  @Test
  void gatewayWhenItEndsLetsCallsInItsTunnelsFinishAndNewOnesGoToAnother() throws Exception {
    var leaving = gateway();
    var staying = gateway();
    var bean = new Holding();
    list(leaving, bean);
    staying.membership.set("*", scene.outside.snapshot("echo").members().getFirst());
    var way = new AtomicReference<URI>(leaving.uri("/"));
    var outside = scene.outside(way::get, TunnelScene.TOKEN, TransportSecurity.none());
    opened.add(outside);
    var echo = outside.standIn(Echo.class);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var held = threads.submit(echo::hold);
      assertThat(bean.arrived.await(60, TimeUnit.SECONDS)).isTrue();
      way.set(staying.uri("/"));
      var closed = threads.submit(leaving::close);
      // none of these may fail, whichever tunnel they find
      for (int i = 0; i < 200; i++) {
        assertThat(echo.echo(new byte[i])).hasSize(i);
      }
      bean.released.countDown();

      assertThat(held.get()).isEqualTo("held");
      closed.get();
    }
    assertThat(echo.echo(new byte[1])).hasSize(1);
    assertThat(bean.held).hasValue(1);
  }

  @Test
  void gatewayWhenItEndsClosesTunnelsThatDoNotLeave() throws Exception {
    var gateway = gateway("--myelin.core.gateway.tunnel.drain-timeout=100ms");
    var bean = new Holding();
    list(gateway, bean);
    var outside = outside(gateway, TunnelScene.TOKEN);
    var echo = outside.standIn(Echo.class);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var held = threads.submit(echo::hold);
      assertThat(bean.arrived.await(60, TimeUnit.SECONDS)).isTrue();
      gateway.close();

      assertThatThrownBy(held::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              CallException.class,
              failure -> assertThat(failure.execution()).isEqualTo(Execution.MAY_HAVE_RUN));
      bean.released.countDown();
    }
    assertThatThrownBy(() -> outside.standIn(Brief.class).echo(new byte[1]))
        .isInstanceOfSatisfying(
            CallException.class,
            failure -> assertThat(failure.execution()).isEqualTo(Execution.DID_NOT_RUN));
  }
}
