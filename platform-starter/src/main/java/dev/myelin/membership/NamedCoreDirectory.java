package dev.myelin.membership;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the core services by name, as Kubernetes's headless Services have one: each address that
/// the name stands for is one core process, which hosts all core services.
///
/// - Names are looked up once a second, on a thread of its own: whoever asks gets the last answer
///   and never waits.
/// - Where none of the names can be looked up, or they stand for nothing, the last processes known
///   stay and one WARN is logged: a name server that fails must not make a cluster forget its core.
/// - The JVM keeps answers for 30 seconds, which is far too long here. A name means the same in
///   upper and lower case, and the JVM keeps answers by what is written: so each question is
///   written otherwise than those before.
///
/// Thread-safe.
public final class NamedCoreDirectory implements CoreDirectory, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NamedCoreDirectory.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final List<Endpoint> names;
  private final List<String> services;
  private final Lookup lookup;
  private final SerialScheduler scheduler;
  private volatile List<Instance> processes = List.of();

  // These belong to the scheduler's tasks.
  private int questions;
  private boolean failing;

  /// Looks names up.
  @FunctionalInterface
  public interface Lookup {

    /// All addresses of a name; may block.
    ///
    /// @param name a host name or an address
    /// @throws IOException if it has none, or nobody could be asked
    List<InetAddress> addresses(String name) throws IOException;

    /// The system's own.
    static Lookup ofSystem() {
      return name -> List.of(InetAddress.getAllByName(name));
    }
  }

  /// Creates one and begins to look.
  ///
  /// @param names host names, each with the port of the processes behind it
  /// @param services names of the services that each process hosts
  /// @param lookup looks names up
  /// @param scheduler when and where to look; closed with this
  public NamedCoreDirectory(
      List<Endpoint> names, List<String> services, Lookup lookup, SerialScheduler scheduler) {
    this.names = List.copyOf(names);
    this.services = List.copyOf(services);
    this.lookup = lookup;
    this.scheduler = scheduler;
    scheduler.execute(this::look);
    scheduler.repeat(INTERVAL, this::look);
  }

  @Override
  public List<Instance> instances(String service) {
    return services.contains(service) ? processes : List.of();
  }

  private void look() {
    var found = new TreeMap<String, Instance>();
    var failures = new StringBuilder();
    questions++;
    for (var name : names) {
      try {
        for (var address : lookup.addresses(written(name.host()))) {
          var process = process(address, name.port());
          found.putIfAbsent(process.id().value(), process);
        }
      } catch (IOException e) {
        failures.append(failures.isEmpty() ? "" : ", ").append(e);
      }
    }
    if (!found.isEmpty()) {
      found(List.copyOf(found.values()));
    } else if (!failing) {
      failing = true;
      log.warn(
          "No core process is found at {} ({}): the last known ones stay, {}",
          names,
          failures,
          ids(processes));
    }
  }

  private void found(List<Instance> found) {
    if (failing || !found.equals(processes)) {
      log.info("Core processes at {}: {}", names, ids(found));
    }
    failing = false;
    processes = found;
  }

  private static List<String> ids(List<Instance> processes) {
    return processes.stream().map(process -> process.id().value()).toList();
  }

  /// The name with other letters in upper case each time, by the bits of a counter.
  private String written(String name) {
    var written = new StringBuilder(name.toLowerCase(Locale.ROOT));
    for (int i = 0, letter = 0; i < written.length() && letter < Integer.SIZE - 1; i++) {
      char each = written.charAt(i);
      if (each >= 'a' && each <= 'z') {
        if ((questions >> letter & 1) == 1) {
          written.setCharAt(i, Character.toUpperCase(each));
        }
        letter++;
      }
    }
    return written.toString();
  }

  private Instance process(InetAddress address, int port) {
    return new Instance(
        CoreAddress.id(address),
        services,
        new Endpoint(CoreAddress.text(address), port),
        null,
        new Instance.ProcessIdentity(Role.CORE, 0, "", Instant.EPOCH));
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
