package dev.myelin.samples.beans;

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
record Sides(
    String mode, ConfigurableApplicationContext caller, ConfigurableApplicationContext host)
    implements AutoCloseable {

  private static final int MAX_FRAME = 1 << 20;

  static Sides inProcess(Class<?> application) {
    var context = start(application, List.of());
    return new Sides("in-process", context, context);
  }

  static Sides remote(Class<?> application) throws IOException {
    var host =
        start(
            List.of(application, NoMembership.class),
            List.of("--myelin.mode=process", "--myelin.hosts=*", "--myelin.instance-id=host"));
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
            .initializers(context ->
                ((org.springframework.context.support.GenericApplicationContext) context)
                    .registerBean(Resolver.class, () -> resolver)),
        List.of("--myelin.mode=process", "--myelin.instance-id=front"));
  }

  static ConfigurableApplicationContext start(Class<?> application, List<String> arguments) {
    return start(List.of(application), arguments);
  }

  private static ConfigurableApplicationContext start(
      List<Class<?>> sources, List<String> arguments) {
    return start(new SpringApplicationBuilder(sources.toArray(Class<?>[]::new)), arguments);
  }

  private static ConfigurableApplicationContext start(
      SpringApplicationBuilder application, List<String> arguments) {
    var all = new ArrayList<>(arguments);
    all.add("--myelin.cluster.folder=target/cluster");
    all.add("--myelin.context.authentication=true");
    all.add("--spring.main.keep-alive=false");
    return application.web(WebApplicationType.NONE).run(all.toArray(String[]::new));
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
