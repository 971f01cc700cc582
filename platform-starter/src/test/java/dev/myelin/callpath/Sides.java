package dev.myelin.callpath;

import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.server.CallServer;
import dev.myelin.transport.Transport;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The calling and the hosting side of an application: one context in one process, or two that are
/// connected by TCP as two processes are.
///
/// @param mode what this is
/// @param caller where services are injected
/// @param host where they live
public record Sides(
    String mode, ConfigurableApplicationContext caller, ConfigurableApplicationContext host)
    implements AutoCloseable {

  private static final int MAX_FRAME = 1 << 20;

  /// One context that hosts what it calls.
  public static Sides inProcess(Class<?> application) {
    var context = start(application, List.of());
    return new Sides("in-process", context, context);
  }

  /// Two contexts, neither with a web server.
  public static Sides remote(Class<?> application, String... hostArguments) throws IOException {
    return remote(application, WebApplicationType.NONE, hostArguments);
  }

  /// Two contexts, the host with a web server of the given type.
  public static Sides remote(
      Class<?> application, WebApplicationType hostType, String... hostArguments)
      throws IOException {
    var arguments = new ArrayList<>(List.of(hostArguments));
    arguments.addAll(
        List.of("--myelin.mode=process", "--myelin.hosts=*", "--myelin.instance-id=host"));
    var host =
        start(
            new SpringApplicationBuilder(application, NoMembership.class).web(hostType), arguments);
    var server = host.getBean(CallServer.class);
    var endpoint =
        host.getBean(Transport.class)
            .listen(
                new Endpoint("127.0.0.1", 0),
                () ->
                    new Frame.Hello(
                        Frame.Hello.VERSION,
                        new InstanceId("host"),
                        "build",
                        MAX_FRAME,
                        server.hosted()),
                server);
    var names = server.hosted().stream().map(Frame.HostedService::name).toList();
    return new Sides("remote", front(application, endpoint, names), host);
  }

  private static ConfigurableApplicationContext front(
      Class<?> application, Endpoint endpoint, List<String> services) {
    var process = new Instance.ProcessIdentity(Role.INSTANCE, 1, "build", Instant.EPOCH);
    var instance = new Instance(new InstanceId("host"), services, endpoint, null, process);
    var resolver =
        new OneInstance(new Snapshot(1, List.of(new Member(instance, InstanceState.SERVING))));
    return start(
        new SpringApplicationBuilder(application, NoMembership.class)
            .web(WebApplicationType.NONE)
            .initializers(context ->
                ((org.springframework.context.support.GenericApplicationContext) context)
                    .registerBean(Resolver.class, () -> resolver)),
        List.of("--myelin.mode=process", "--myelin.instance-id=front"));
  }

  /// Starts a context without a web server.
  public static ConfigurableApplicationContext start(Class<?> application, List<String> arguments) {
    return start(new SpringApplicationBuilder(application).web(WebApplicationType.NONE), arguments);
  }

  private static ConfigurableApplicationContext start(
      SpringApplicationBuilder application, List<String> arguments) {
    var all = new ArrayList<>(arguments);
    all.add("--myelin.cluster.folder=target/cluster");
    all.add("--myelin.context.authentication=true");
    all.add("--spring.main.keep-alive=false");
    return application.run(all.toArray(String[]::new));
  }

  @Override
  public void close() {
    caller.close();
    host.close();
  }

  /// Leaves out what looks for the rest of a cluster: these two are all there is.
  @Configuration(proxyBeanMethods = false)
  static class NoMembership {

    @Bean
    static BeanDefinitionRegistryPostProcessor membershipRemoval() {
      return registry -> {
        for (var name : registry.getBeanDefinitionNames()) {
          if (registry.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition
              && definition.getFactoryMethodMetadata() != null
              && definition
                  .getFactoryMethodMetadata()
                  .getDeclaringClassName()
                  .endsWith(".MembershipConfiguration")) {
            registry.removeBeanDefinition(name);
          }
        }
      };
    }
  }

  private record OneInstance(Snapshot only) implements Resolver {

    @Override
    public Snapshot snapshot(String service) {
      return only;
    }

    @Override
    public Snapshot awaitChange(String service, Snapshot known, Duration limit) {
      return only;
    }

    @Override
    public AutoCloseable listen(String service, Consumer<Snapshot> listener) {
      listener.accept(only);
      return () -> {};
    }
  }
}
