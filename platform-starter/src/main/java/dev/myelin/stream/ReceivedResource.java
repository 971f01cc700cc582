package dev.myelin.stream;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;

/// A resource that another process sends: open, to be read once. Not reading it leaves it open at
/// its host until this object is gone.
final class ReceivedResource extends AbstractResource {

  private final ResourceForm.Header header;
  private final ReceivedBytes content;
  private final AtomicBoolean read = new AtomicBoolean();

  ReceivedResource(ResourceForm.Header header, ReceivedBytes content) {
    this.header = header;
    this.content = content;
  }

  @Override
  public InputStream getInputStream() {
    if (!read.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "%s comes from another process and was read already: call the operation again, or return byte[]"
              .formatted(getDescription()));
    }
    return content;
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /// Length in bytes; -1 if its host did not know it, either.
  @Override
  public long contentLength() {
    return header.length();
  }

  @Override
  public long lastModified() throws FileNotFoundException {
    if (header.lastModified() == ResourceForm.UNKNOWN) {
      throw new FileNotFoundException(
          "%s does not know when it was modified".formatted(getDescription()));
    }
    return header.lastModified();
  }

  @Override
  public @Nullable String getFilename() {
    return header.filename();
  }

  @Override
  public String getDescription() {
    return header.description();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // read once, it equals nothing else
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
