package dev.myelin.autoconfigure;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many connections the process can have before it cannot open a file any more.
final class OpenFiles {

  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

  private OpenFiles() {}

  /// The wanted number of connections, or four fifths of the files that may be open if that is
  /// less.
  static int connections(int wanted) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? connections(wanted, system.getMaxFileDescriptorCount())
        : wanted;
  }

  static int connections(int wanted, long files) {
    long most = Math.max(1, files / 5 * 4);
    if (files > 0 && wanted > most) {
      LOG.warn(
          "myelin.wire.max-connections={} is more than this process can have with its limit of {} open files: it takes {}",
          wanted,
          files,
          most);
      return (int) most;
    }
    return wanted;
  }
}
