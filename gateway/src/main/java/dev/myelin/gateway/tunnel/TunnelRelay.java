package dev.myelin.gateway.tunnel;

import dev.myelin.wire.Tunnel;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One tunnel: binary messages of a WebSocket to a socket, and its bytes back.
///
/// - Bytes are read from one end only when the other has taken those before, so that a slow end
///   slows the other one down, and no more waits here than a buffer each way.
/// - When one end ends, or takes nothing for too long, both end.
final class TunnelRelay extends Endpoint {

  private static final Logger log = LoggerFactory.getLogger(TunnelRelay.class);

  // how long the container lets one message wait for a client that does not read
  private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
  private static final int MAX_REASON = 100;

  private final Socket target;
  private final TunnelProperties properties;
  private final String name;
  private final AtomicBoolean ended = new AtomicBoolean();

  // a WebSocket takes one message at a time
  private final ReentrantLock sending = new ReentrantLock();

  // when the write to the target began that is under way; 0 = none is
  private final AtomicLong writing = new AtomicLong();
  private volatile @Nullable Session session;
  private volatile Runnable whenEnded = () -> {};

  TunnelRelay(Socket target, TunnelProperties properties, String name) {
    this.target = target;
    this.properties = properties;
    this.name = name;
  }

  void whenEnded(Runnable action) {
    whenEnded = action;
  }

  @Override
  public void onOpen(Session opened, EndpointConfig config) {
    int buffer = Math.toIntExact(properties.buffer().toBytes());
    opened.setMaxIdleTimeout(0); // both ends ask each other for signs of life
    opened.setMaxBinaryMessageBufferSize(buffer);
    opened.getUserProperties().put(SEND_TIMEOUT, properties.stallTimeout().toMillis());
    session = opened;
    try {
      var out = target.getOutputStream();
      opened.addMessageHandler(ByteBuffer.class, (bytes, _) -> take(out, bytes));
    } catch (IOException e) {
      end(String.valueOf(e.getMessage()));
      return;
    }
    log.info("tunnel={} state=open", name);
    Thread.ofVirtual().name("tunnel").start(() -> bring(opened, new byte[buffer]));
  }

  /// From the client to the target; who calls it reads no further meanwhile.
  private void take(OutputStream out, ByteBuffer bytes) {
    var copy = new byte[bytes.remaining()];
    bytes.get(copy);
    try {
      writing.set(Math.max(1, System.nanoTime()));
      out.write(copy);
    } catch (IOException e) {
      end("the process takes no more: " + e.getMessage());
    } finally {
      writing.set(0);
    }
  }

  /// From the target to the client, to the end.
  private void bring(Session to, byte[] buffer) {
    var why = "the process closed the connection";
    try {
      var in = target.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sending.lock();
        try {
          to.getBasicRemote().sendBinary(ByteBuffer.wrap(buffer, 0, read));
        } finally {
          sending.unlock();
        }
      }
    } catch (IOException | IllegalStateException e) {
      why = String.valueOf(e.getMessage());
    }
    end(why);
  }

  /// Asks the client to go.
  void leave() {
    var to = session;
    if (to != null) {
      // a client that does not read must not hold up the others
      Thread.startVirtualThread(() -> leave(to));
    }
  }

  private void leave(Session to) {
    sending.lock();
    try {
      to.getBasicRemote().sendText(Tunnel.LEAVE);
    } catch (IOException | IllegalStateException e) {
      end(String.valueOf(e.getMessage()));
    } finally {
      sending.unlock();
    }
  }

  /// Ends it where the target does not read.
  void look() {
    long since = writing.get();
    if (since != 0 && System.nanoTime() - since > properties.stallTimeout().toNanos()) {
      end("the process has read nothing for " + properties.stallTimeout());
    }
  }

  @Override
  public void onClose(Session closed, CloseReason reason) {
    end("the caller closed it");
  }

  @Override
  public void onError(Session failed, Throwable cause) {
    end(String.valueOf(cause.getMessage()));
  }

  /// Ends both sides; without effect the second time.
  void end(String why) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    log.info("tunnel={} state=closed reason={}", name, why);
    try {
      target.close();
    } catch (IOException e) {
      log.debug("A socket did not close", e);
    }
    whenEnded.run();
    var open = session;
    if (open != null) {
      // it may wait for a client that does not read
      Thread.startVirtualThread(() -> close(open, why));
    }
  }

  private static void close(Session session, String why) {
    try {
      session.close(
          new CloseReason(
              CloseReason.CloseCodes.GOING_AWAY,
              why.substring(0, Math.min(why.length(), MAX_REASON))));
    } catch (IOException | IllegalStateException e) {
      log.debug("A WebSocket did not close", e);
    }
  }
}
