package dev.myelin.transport;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.List;

/// The other end of a connection that follows no rule: sends what it is told to, when it is told.
public final class RawPeer implements AutoCloseable {

  private static final int LIMIT_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;

  /// Takes over a socket.
  ///
  /// @param socket the socket
  /// @throws IOException if it is closed
  public RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(socket.getInputStream());
  }

  /// Connects and says nothing.
  ///
  /// @param endpoint where to
  /// @throws IOException if nobody listens
  public static RawPeer connect(Endpoint endpoint) throws IOException {
    return new RawPeer(new Socket(endpoint.host(), endpoint.port()));
  }

  /// Connects and exchanges hellos.
  ///
  /// @param endpoint where to
  /// @throws IOException if it is refused
  public static RawPeer greeted(Endpoint endpoint) throws IOException {
    var peer = connect(endpoint);
    peer.send(hello(List.of()));
    if (!(peer.read() instanceof Frame.Hello)) {
      throw new IOException("no hello came");
    }
    return peer;
  }

  /// A hello.
  ///
  /// @param services what it says to host
  public static Frame.Hello hello(List<Frame.HostedService> services) {
    return new Frame.Hello(Frame.Hello.VERSION, new InstanceId("raw"), "b", 16 << 20, services);
  }

  /// The bytes of frames.
  ///
  /// @param frames in this order
  public static byte[] bytes(Frame... frames) {
    var out = Unpooled.buffer();
    for (var frame : frames) {
      FrameFormat.write(frame, out);
    }
    return ByteBufUtil.getBytes(out);
  }

  /// Sends frames.
  ///
  /// @param frames in this order
  /// @throws IOException if the connection has ended
  public void send(Frame... frames) throws IOException {
    send(bytes(frames));
  }

  /// Sends bytes.
  ///
  /// @param bytes any
  /// @throws IOException if the connection has ended
  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /// The next frame.
  ///
  /// @throws IOException if none comes
  public Frame read() throws IOException {
    var body = new byte[in.readInt()];
    in.readFully(body);
    return FrameFormat.read(Unpooled.wrappedBuffer(body));
  }

  /// What the other side says last, before it ends the connection.
  ///
  /// @throws IOException if it ends it without saying that it does
  public Frame.Failure farewell() throws IOException {
    Frame last = new Frame.Drain();
    try {
      while (true) {
        last = read();
      }
    } catch (EOFException _) {
      if (last instanceof Frame.Failure failure && failure.id() == 0) {
        return failure;
      }
      throw new IOException("the connection ended after " + last);
    }
  }

  /// Waits until the other side has ended the connection, by whatever means.
  public void awaitEnd() {
    var buffer = new byte[64 * 1024];
    try {
      while (in.read(buffer) >= 0) {
        // what it says meanwhile does not matter
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the connection was not ended", e);
    } catch (IOException _) {
      // reset
    }
  }

  /// Ends the connection before its block does.
  ///
  /// @throws IOException if it cannot
  public void leave() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
