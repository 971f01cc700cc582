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
/// @param outside whether the process is outside its cluster's network: it calls what is inside
///   through a gateway, and what it hosts is there for its own calls alone
public record Hosting(Mode mode, Set<String> services, boolean outside) {

  /// Copies the names.
  public Hosting {
    services = Set.copyOf(services);
  }

  /// A process inside its cluster's network, or without a cluster.
  ///
  /// @param mode how the application runs
  /// @param services names of the hosted services; `*` = all
  public Hosting(Mode mode, Set<String> services) {
    this(mode, services, false);
  }

  /// Reads `myelin.mode` and `myelin.hosts`, and whether a way in from outside is named.
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
    return new Hosting(mode, Set.copyOf(services), mode == Mode.KUBERNETES && outside(environment));
  }

  // who is told where the core is, is inside
  private static boolean outside(Environment environment) {
    return !given(environment, "myelin.core.address")
        && (given(environment, "myelin.core.url")
            || given(environment, "myelin.kubernetes.config")
            || (given(environment, "KUBECONFIG")
                && given(environment, "myelin.kubernetes.namespace")));
  }

  private static boolean given(Environment environment, String property) {
    return !environment.getProperty(property, "").isBlank();
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
  /// hosts no service for others, or runs everything by itself.
  public boolean front() {
    return mode == Mode.IN_PROCESS || outside || services.isEmpty();
  }
}
