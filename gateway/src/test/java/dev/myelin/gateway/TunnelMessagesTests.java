package dev.myelin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The messages of tunnels of a real gateway, whose ends read or do not.
@Timeout(120)
class TunnelMessagesTests {

  private final List<RunningGateway> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(RunningGateway::close);
  }

  private RunningGateway gateway(String... further) {
    var gateway = TunnelScene.gateway(further);
    opened.add(gateway);
    return gateway;
  }

  @Test
  void tunnelWhenItsCallerReadsNothingHoldsBackTheProcessAndIsClosed() throws Exception {
    var gateway = gateway("--myelin.core.gateway.tunnel.stall-timeout=2s");
    try (var process = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var member = TunnelScene.member("echo", new Endpoint("127.0.0.1", process.getLocalPort()));
      gateway.membership.set("*", member);
      var sent = new AtomicLong();
      var over = new CompletableFuture<Void>();
      Thread.startVirtualThread(() -> flood(process, sent, over));

      // a client that never asks for what comes
      var socket =
          open(
              gateway,
              member.instance().endpoint(),
              new WebSocket.Listener() {
                @Override
                public void onOpen(WebSocket webSocket) {}
              });

      over.get(60, TimeUnit.SECONDS);
      // what both pairs of sockets and the client's own buffers hold, and one buffer of the gateway
      assertThat(sent).hasValueLessThan(64L << 20);
      socket.abort();
    }
  }

  @Test
  void tunnelWhenItsGatewayEndsAmidAMessageBringsTheRestAndThenAsksToLeave() throws Exception {
    var gateway = gateway("--myelin.core.gateway.tunnel.drain-timeout=60s");
    try (var process = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var member = TunnelScene.member("echo", new Endpoint("127.0.0.1", process.getLocalPort()));
      gateway.membership.set("*", member);
      var sent = new AtomicLong();
      var _ = threads.submit(() -> flood(process, sent, new CompletableFuture<>()));
      var leaver = new Leaver();
      var socket = open(gateway, member.instance().endpoint(), leaver);
      awaitStanding(sent); // so that a message is under way
      var closed = threads.submit(gateway::close);
      TunnelScene.await(() -> refuses(gateway, member.instance().endpoint()));
      socket.request(Long.MAX_VALUE);

      assertThat(leaver.heard.get(60, TimeUnit.SECONDS)).isEqualTo(Tunnel.LEAVE);
      closed.get();
    }
  }

  /// Reads when it is told to, and closes when it is asked to leave.
  private static final class Leaver implements WebSocket.Listener {
    final CompletableFuture<String> heard = new CompletableFuture<>();
    private String asked = "";

    @Override
    public void onOpen(WebSocket webSocket) {}

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
      asked += text;
      if (last) {
        heard.complete(asked);
        webSocket.abort();
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      heard.complete("closed: " + reason);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      heard.complete("failed: " + error);
    }
  }

  private static void awaitStanding(AtomicLong count) throws Exception {
    long before;
    do {
      before = count.get();
      Thread.sleep(300);
    } while (before == 0 || count.get() != before);
  }

  private static boolean refuses(RunningGateway gateway, Endpoint to) {
    try {
      open(gateway, to, new Leaver()).abort();
      return false;
    } catch (Exception _) {
      return true;
    }
  }

  private static void flood(ServerSocket process, AtomicLong sent, CompletableFuture<Void> over) {
    try (var socket = process.accept()) {
      var out = socket.getOutputStream();
      var bytes = new byte[64 * 1024];
      while (true) {
        out.write(bytes);
        sent.addAndGet(bytes.length);
      }
    } catch (IOException _) {
      over.complete(null);
    }
  }

  @Test
  void tunnelWhenTheProcessReadsNothingIsClosedAndHoldsBackItsCaller() throws Exception {
    var gateway = gateway("--myelin.core.gateway.tunnel.stall-timeout=2s");
    try (var process = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var member = TunnelScene.member("echo", new Endpoint("127.0.0.1", process.getLocalPort()));
      gateway.membership.set("*", member);
      var over = new CompletableFuture<Void>();
      var socket =
          open(
              gateway,
              member.instance().endpoint(),
              new WebSocket.Listener() {
                @Override
                public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                  over.complete(null);
                  return CompletableFuture.completedFuture(null);
                }

                @Override
                public void onError(WebSocket webSocket, Throwable error) {
                  over.complete(null);
                }
              });
      try (var unread = process.accept()) {
        Thread.startVirtualThread(() -> {
          while (!over.isDone()) {
            socket.sendBinary(ByteBuffer.allocate(64 * 1024), true).join();
          }
        });
        over.get(60, TimeUnit.SECONDS);
        assertThat(unread.isClosed()).isFalse();
      }
      socket.abort();
    }
  }

  private static WebSocket open(RunningGateway gateway, Endpoint to, WebSocket.Listener listener)
      throws Exception {
    var uri = URI.create(gateway.uri(Tunnel.PATH).toString().replaceFirst("http", "ws"));
    return gateway
        .client()
        .newWebSocketBuilder()
        .header(Tunnel.TOKEN, TunnelScene.TOKEN)
        .header(Tunnel.TO, to.toString())
        .buildAsync(uri, listener)
        .get(60, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.1:1"})
  void requestWhenItIsNoWebSocketIsRefused(String to) throws Exception {
    var gateway = gateway();

    var answer = gateway.get(Tunnel.PATH, Tunnel.TOKEN, TunnelScene.TOKEN, Tunnel.TO, to);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(gateway.get(Tunnel.PATH, Tunnel.TO, to).statusCode()).isEqualTo(401);
  }
}
