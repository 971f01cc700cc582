package dev.myelin.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LaneTests {

  @Test
  void slicesAreNoLongerThanAsked() throws Exception {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var proxy = FaultProxy.before(server.getLocalPort());
        var client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        var accepted = server.accept();
        var receiver = new Receiver()) {
      proxy.faults(Direction.TO_SERVER, Faults.NONE.withSlice(3));
      new ProxiedConnection(proxy, accepted, receiver, 7).start();

      client.getOutputStream().write(new byte[10]);
      client.shutdownOutput();

      receiver.ended.await();
      assertThat(receiver.slices).allMatch(length -> length <= 3);
      assertThat(receiver.slices.stream().mapToInt(length -> length).sum()).isEqualTo(10);
    }
  }

  /// Notes how much it is given at once: who reads from a real socket may find several slices in
  /// it.
  private static final class Receiver extends Socket {

    private final List<Integer> slices = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int single) {
          slices.add(1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
          slices.add(length);
        }
      };
    }

    @Override
    public void shutdownOutput() {
      ended.countDown();
    }
  }
}
