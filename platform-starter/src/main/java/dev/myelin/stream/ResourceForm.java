package dev.myelin.stream;

import dev.myelin.wire.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/// A resource of Spring's. Opened at its host when it is returned; at the caller it is an open one,
/// which can be read once.
final class ResourceForm implements StreamForm {

  /// What is not known of a resource.
  static final long UNKNOWN = -1;

  @Override
  public Type itemType() {
    return byte[].class;
  }

  /// What is known of a resource beside its content.
  ///
  /// @param description for messages
  /// @param filename null if it has none
  /// @param length in bytes; [#UNKNOWN] if not known
  /// @param lastModified milliseconds since 1970; [#UNKNOWN] if not known
  record Header(String description, @Nullable String filename, long length, long lastModified) {}

  @Override
  public Source source(@Nullable Object result) throws IOException {
    if (result == null) {
      return new Source(Presence.of(null), new PulledPublisher(Pull.nothing()));
    }
    var resource = (Resource) result;
    var header = encode(header(resource));
    return new Source(header, new PulledPublisher(Pull.of(resource.getInputStream())));
  }

  private static Header header(Resource resource) {
    return new Header(
        resource.getDescription(),
        resource.getFilename(),
        // who asks an open resource for its length reads it to its end
        resource.isOpen() ? UNKNOWN : known(resource::contentLength),
        resource.isOpen() ? UNKNOWN : known(resource::lastModified));
  }

  private static long known(Fact fact) {
    try {
      return fact.get();
    } catch (IOException _) {
      return UNKNOWN;
    }
  }

  /// Something that a resource may know of itself.
  private interface Fact {
    long get() throws IOException;
  }

  private static Payload encode(Header header) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeByte(1);
    out.writeUTF(header.description());
    out.writeBoolean(header.filename() != null);
    if (header.filename() != null) {
      out.writeUTF(header.filename());
    }
    out.writeLong(header.length());
    out.writeLong(header.lastModified());
    return new Payload(bytes.toByteArray(), 0, bytes.size());
  }

  // a host that returns bytes without a name, of another build, sends no more than the first byte
  private static Header decode(Payload header) throws IOException {
    if (header.length() <= 1) {
      return new Header("stream of another process", null, UNKNOWN, UNKNOWN);
    }
    var in =
        new DataInputStream(
            new ByteArrayInputStream(header.bytes(), header.offset() + 1, header.length() - 1));
    return new Header(
        in.readUTF(), in.readBoolean() ? in.readUTF() : null, in.readLong(), in.readLong());
  }

  @Override
  public @Nullable Object received(RemoteStream remote) throws Throwable {
    var queue = new ItemQueue(InputStreamForm.WINDOW);
    var header = remote.open(queue);
    return Presence.in(header)
        ? new ReceivedResource(decode(header), new ReceivedBytes(queue))
        : null;
  }
}
