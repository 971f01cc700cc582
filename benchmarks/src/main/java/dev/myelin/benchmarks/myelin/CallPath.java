package dev.myelin.benchmarks.myelin;

import dev.myelin.contract.LibraryFrames;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.transport.NettyTransport;
import dev.myelin.transport.Sweeper;
import dev.myelin.transport.TransportSecurity;
import dev.myelin.transport.TransportSettings;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.ThrowableCodec;
import java.util.List;

/// What both sides of the call path need, with the starter's defaults.
///
/// @param transport carries the frames
/// @param sweeper ends calls at their deadlines
/// @param codec encodes arguments and results
/// @param throwables encodes what operations throw
/// @param surroundings who observes
record CallPath(
    NettyTransport transport,
    Sweeper sweeper,
    Codec codec,
    ThrowableCodec throwables,
    CallSurroundings surroundings)
    implements AutoCloseable {
  static final int MAX_FRAME = TransportSettings.defaults().maxFrame();
  static final String BUILD = "benchmark";

  /// A path of plain connections that nobody observes.
  static CallPath open() {
    return open(TransportSecurity.none(), CallSurroundings.PLAIN);
  }

  static CallPath open(TransportSecurity security, CallSurroundings surroundings) {
    return open(security, surroundings, new BinaryCodec());
  }

  static CallPath open(TransportSecurity security, CallSurroundings surroundings, Codec codec) {
    return new CallPath(
        new NettyTransport(TransportSettings.defaults(), security),
        new Sweeper(),
        codec,
        new ThrowableCodec(codec, frame -> !LibraryFrames.contains(frame)),
        surroundings);
  }

  static Frame.Hello hello(String id, List<Frame.HostedService> hosted) {
    return new Frame.Hello(Frame.Hello.VERSION, new InstanceId(id), BUILD, MAX_FRAME, hosted);
  }

  @Override
  public void close() {
    transport.close();
    sweeper.close();
  }
}
