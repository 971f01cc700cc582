package dev.myelin;

import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// What this process is: its mode and the services it hosts.
///
/// Read from the environment alone, so that conditions and bean-definition processing can ask
/// before any bean exists. Immutable.
///
/// @param mode how the application runs
/// @param services names of the hosted services; `*` = all
public record Hosting(Mode mode, Set<String> services) {

  /// Copies the names.
  public Hosting {
    services = Set.copyOf(services);
  }

  /// Reads `myelin.mode` and `myelin.hosts`.
  ///
  /// In-process, everything is hosted whatever `myelin.hosts` says; in the other modes nothing is
  /// hosted unless it is listed.
  ///
  /// @param environment where the properties are
  public static Hosting of(Environment environment) {
    var binder = Binder.get(environment);
    var mode = binder.bind("myelin.mode", Mode.class).orElse(Mode.IN_PROCESS);
    if (mode == Mode.IN_PROCESS) {
      return new Hosting(mode, Set.of("*"));
    }
    var services = binder.bind("myelin.hosts", Bindable.listOf(String.class)).orElse(List.of());
    return new Hosting(mode, Set.copyOf(services));
  }

  /// Whether the bean of that service lives in this process.
  ///
  /// @param service name of the service
  public boolean hosts(String service) {
    return services.contains("*") || services.contains(service);
  }

  /// Whether calls can leave this process.
  public boolean remote() {
    return mode != Mode.IN_PROCESS;
  }

  /// Whether this process has the application's controllers, runners, listeners and schedules: it
  /// hosts no service of its own, or runs everything by itself.
  public boolean front() {
    return mode == Mode.IN_PROCESS || services.isEmpty();
  }
}
