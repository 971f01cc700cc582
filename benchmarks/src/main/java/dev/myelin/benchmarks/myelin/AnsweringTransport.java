package dev.myelin.benchmarks.myelin;

import dev.myelin.client.CallCounters;
import dev.myelin.client.CallFormats;
import dev.myelin.client.ClientSettings;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.LibraryFrames;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.server.CallServer;
import dev.myelin.server.HostedServices;
import dev.myelin.transport.Connection;
import dev.myelin.transport.FrameListener;
import dev.myelin.transport.Sweeper;
import dev.myelin.transport.Transport;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.codec.ThrowableCodec;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// A transport without a network: whoever connects finds a service, and each call is answered by
/// the calling thread with one and the same result.
public final class AnsweringTransport implements Transport {
  private final BinaryCodec codec = new BinaryCodec();
  private final ThrowableCodec throwables =
      new ThrowableCodec(codec, frame -> !LibraryFrames.contains(frame));
  private final Sweeper sweeper = new Sweeper();
  private final Frame.Hello hello;
  private final Payload answer;

  /// Makes one.
  ///
  /// @param service what it finds
  /// @param result of every call
  public AnsweringTransport(Class<?> service, Object result) {
    var contract = ServiceContracts.of(service);
    var server =
        new CallServer(
            new HostedServices(
                List.of(
                    new HostedServices.Hosted(
                        contract,
                        () -> {
                          throw new IllegalStateException("nobody is called here");
                        }))),
            new CallServer.Encoding(codec, throwables, CallPath.MAX_FRAME, CallSurroundings.PLAIN),
            JsonMapper.shared(),
            sweeper);
    hello = CallPath.hello("answering", server.hosted());
    var output = new Output(CallPath.MAX_FRAME);
    codec.compile(result.getClass(), codec.schema(result.getClass())).write(result, output);
    answer = Payload.of(output);
  }

  /// A stand-in that calls by this transport.
  public <S> S standIn(Class<S> service) {
    var contract = ServiceContracts.of(service);
    var membership = new FixedMembership(contract.name(), List.of(new Endpoint("127.0.0.1", 1)));
    var clients =
        new NetworkClients(
            new NetworkClients.Wiring(
                this, () -> CallPath.hello("piece", List.of()), sweeper, CallSurroundings.PLAIN),
            new ProxyStandInFactory(),
            () -> membership,
            new CallFormats(codec, throwables, CallPath.MAX_FRAME),
            ClientSettings.defaults(),
            new CallCounters());
    return service.cast(clients.standIn(contract));
  }

  @Override
  public Endpoint listen(Endpoint bind, Supplier<Frame.Hello> own, FrameListener listener) {
    throw new UnsupportedOperationException("nobody connects to this process here");
  }

  @Override
  public Connection connect(
      Endpoint endpoint, Frame.Hello own, FrameListener listener, Patience patience) {
    var connection = new Answering(hello, listener, answer);
    listener.opened(connection);
    return connection;
  }

  @Override
  public void close() {
    sweeper.close();
  }

  private record Answering(Frame.Hello peer, FrameListener listener, Payload answer)
      implements Connection {

    @Override
    public String remote() {
      return "nowhere";
    }

    @Override
    public boolean open() {
      return true;
    }

    @Override
    public void send(Frame frame) {
      if (frame instanceof Frame.Call call) {
        listener.received(this, new Frame.Reply(call.id(), answer));
      }
    }

    @Override
    public void close(String reason) {
      listener.closed(this, reason);
    }
  }
}
