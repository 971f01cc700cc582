package dev.myelin.transport;

import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Frames as bytes: one byte for the kind, then its fields, then a payload up to the frame's end.
///
/// Stateless. Reading allocates at most what the frame's own length covers; the length itself is
/// checked before, by [FrameReader].
final class FrameFormat {

  static final int MAGIC = 0x4d594c4e; // "MYLN"
  static final int HELLO = 1;
  private static final int CALL = 2;
  private static final int REPLY = 3;
  static final int FAILURE = 4;
  private static final int CANCEL = 5;
  private static final int ITEM = 6;
  private static final int CREDIT = 7;
  private static final int END = 8;
  private static final int DRAIN = 9;
  private static final int PING = 10;
  private static final int PONG = 11;
  private static final int SCHEMA_REQUEST = 12;
  private static final int SCHEMA_REPLY = 13;

  // the numbers on the wire: only ever appended to
  private static final List<Status> STATUSES =
      List.of(
          Status.UNAVAILABLE,
          Status.DRAINING,
          Status.RESOURCE_EXHAUSTED,
          Status.DEADLINE_EXCEEDED,
          Status.CANCELLED,
          Status.NOT_FOUND,
          Status.INVALID_ARGUMENT,
          Status.INCOMPATIBLE,
          Status.FAILED,
          Status.INTERNAL);
  private static final List<Execution> EXECUTIONS =
      List.of(Execution.DID_NOT_RUN, Execution.MAY_HAVE_RUN, Execution.RAN);
  private static final long LONGEST_MICROS = Long.MAX_VALUE / 1_000;

  private FrameFormat() {}

  /// Bytes that the frame may take at most, beside those of a hello.
  static long sizeBound(Frame frame) {
    return switch (frame) {
      case Frame.Call call ->
          32L + ContextFormat.sizeBound(call.context()) + call.arguments().length();
      case Frame.Reply reply -> 16L + reply.result().length();
      case Frame.Failure failure ->
          32L + 3L * failure.detail().length() + failure.exception().length();
      case Frame.Item item -> 16L + item.value().length();
      case Frame.SchemaReply reply -> 16L + reply.schemas().length();
      case Frame.Hello _,
          Frame.Cancel _,
          Frame.Credit _,
          Frame.End _,
          Frame.Drain _,
          Frame.Ping _,
          Frame.Pong _,
          Frame.SchemaRequest _ ->
          32L;
    };
  }

  /// Appends the frame with its length in front.
  static void write(Frame frame, ByteBuf out) {
    int start = out.writerIndex();
    out.writeInt(0);
    writeBody(frame, out);
    out.setInt(start, out.writerIndex() - start - Integer.BYTES);
  }

  private static void writeBody(Frame frame, ByteBuf out) {
    switch (frame) {
      case Frame.Hello hello -> writeHello(hello, out);
      case Frame.Call call -> {
        start(out, CALL, call.id());
        Fields.writeVarint(out, call.operation());
        out.writeByte(call.codec());
        Fields.writeVarint(out, Math.max(0, call.timeout().toNanos() / 1_000));
        ContextFormat.write(call.context(), out);
        write(call.arguments(), out);
      }
      case Frame.Reply(var id, var result) -> {
        start(out, REPLY, id);
        write(result, out);
      }
      case Frame.Failure failure -> {
        start(out, FAILURE, failure.id());
        out.writeByte(STATUSES.indexOf(failure.status()));
        out.writeByte(EXECUTIONS.indexOf(failure.execution()));
        Fields.writeText(out, failure.detail());
        write(failure.exception(), out);
      }
      case Frame.Cancel(var id) -> start(out, CANCEL, id);
      case Frame.Item(var id, var value) -> {
        start(out, ITEM, id);
        write(value, out);
      }
      case Frame.Credit(var id, var items) -> {
        start(out, CREDIT, id);
        Fields.writeVarint(out, items);
      }
      case Frame.End(var id) -> start(out, END, id);
      case Frame.Drain() -> out.writeByte(DRAIN);
      case Frame.Ping(var token) -> start(out, PING, token);
      case Frame.Pong(var token) -> start(out, PONG, token);
      case Frame.SchemaRequest(var id, var operation) -> {
        start(out, SCHEMA_REQUEST, id);
        Fields.writeVarint(out, operation);
      }
      case Frame.SchemaReply(var id, var schemas) -> {
        start(out, SCHEMA_REPLY, id);
        write(schemas, out);
      }
    }
  }

  private static void writeHello(Frame.Hello hello, ByteBuf out) {
    out.writeByte(HELLO);
    out.writeInt(MAGIC);
    Fields.writeVarint(out, hello.version());
    Fields.writeText(out, hello.id().value());
    Fields.writeText(out, hello.build());
    Fields.writeVarint(out, hello.maxFrame());
    Fields.writeVarint(out, hello.services().size());
    for (var service : hello.services()) {
      Fields.writeText(out, service.name());
      Fields.writeVarint(out, service.operations().size());
      for (var operation : service.operations()) {
        Fields.writeText(out, operation.key());
        out.writeLong(operation.signature());
      }
    }
  }

  /// Reads the frame that fills the buffer.
  static Frame read(ByteBuf in) {
    int kind = in.readByte();
    return switch (kind) {
      case HELLO -> readHello(in);
      case CALL ->
          new Frame.Call(
              Fields.readVarint(in),
              Fields.readInt(in),
              in.readUnsignedByte(),
              micros(Fields.readVarint(in)),
              ContextFormat.read(in),
              readPayload(in));
      case REPLY -> new Frame.Reply(Fields.readVarint(in), readPayload(in));
      case FAILURE ->
          new Frame.Failure(
              Fields.readVarint(in),
              pick(STATUSES, in.readUnsignedByte(), "status"),
              pick(EXECUTIONS, in.readUnsignedByte(), "execution"),
              Fields.readText(in),
              readPayload(in));
      case CANCEL -> new Frame.Cancel(Fields.readVarint(in));
      case ITEM -> new Frame.Item(Fields.readVarint(in), readPayload(in));
      case CREDIT -> new Frame.Credit(Fields.readVarint(in), readItems(in));
      case END -> new Frame.End(Fields.readVarint(in));
      case DRAIN -> new Frame.Drain();
      case PING -> new Frame.Ping(Fields.readVarint(in));
      case PONG -> new Frame.Pong(Fields.readVarint(in));
      case SCHEMA_REQUEST -> new Frame.SchemaRequest(Fields.readVarint(in), Fields.readInt(in));
      case SCHEMA_REPLY -> new Frame.SchemaReply(Fields.readVarint(in), readPayload(in));
      default -> throw ProtocolException.malformed("unknown kind " + kind);
    };
  }

  private static Frame.Hello readHello(ByteBuf in) {
    if (in.readableBytes() < Integer.BYTES || in.readInt() != MAGIC) {
      throw ProtocolException.notMyelin();
    }
    int version = Fields.readInt(in);
    if (version != Frame.Hello.VERSION) {
      throw ProtocolException.version(version);
    }
    var id = new InstanceId(Fields.readText(in));
    var build = Fields.readText(in);
    int maxFrame = Fields.readInt(in);
    return new Frame.Hello(version, id, build, maxFrame, readServices(in));
  }

  private static List<Frame.HostedService> readServices(ByteBuf in) {
    int count = Fields.readCount(in);
    var services = new ArrayList<Frame.HostedService>();
    for (int i = 0; i < count; i++) {
      var name = Fields.readText(in);
      int size = Fields.readCount(in);
      var operations = new ArrayList<Frame.HostedOperation>();
      for (int j = 0; j < size; j++) {
        operations.add(new Frame.HostedOperation(Fields.readText(in), in.readLong()));
      }
      services.add(new Frame.HostedService(name, operations));
    }
    return services;
  }

  private static void start(ByteBuf out, int kind, long id) {
    out.writeByte(kind);
    Fields.writeVarint(out, id);
  }

  private static void write(Payload payload, ByteBuf out) {
    out.writeBytes(payload.bytes(), payload.offset(), payload.length());
  }

  private static Payload readPayload(ByteBuf in) {
    return in.isReadable()
        ? Payload.of(ByteBufUtil.getBytes(in.readSlice(in.readableBytes())))
        : Payload.EMPTY;
  }

  private static int readItems(ByteBuf in) {
    int items = Fields.readInt(in);
    if (items == 0) {
      throw ProtocolException.malformed("a credit of 0 items");
    }
    return items;
  }

  // more than some centuries is as good as for ever, also where the number passes 63 bits
  private static Duration micros(long micros) {
    long bounded = micros < 0 ? LONGEST_MICROS : Math.min(micros, LONGEST_MICROS);
    return Duration.ofNanos(bounded * 1_000);
  }

  private static <E> E pick(List<E> values, int index, String what) {
    if (index >= values.size()) {
      throw ProtocolException.malformed("unknown " + what + " " + index);
    }
    return values.get(index);
  }
}
