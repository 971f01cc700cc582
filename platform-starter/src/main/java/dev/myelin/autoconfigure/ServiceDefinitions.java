package dev.myelin.autoconfigure;

import static java.util.Objects.requireNonNull;

import dev.myelin.Hosting;
import dev.myelin.contract.DeclaredServices;
import dev.myelin.contract.ServiceContract;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.contract.ServiceSettings;
import dev.myelin.object.ObjectTypes;
import dev.myelin.server.HostedServices;
import dev.myelin.server.HostedServices.Hosted;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.Role;
import dev.myelin.wire.codec.Codec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// Finds the services among the bean definitions and makes this process what it is to be: replaces
/// the services that it does not host, adds those that it only calls, and makes an instance lazy.
///
/// Works once all bean definitions are registered and before any other bean exists. In-process it
/// changes no definition.
final class ServiceDefinitions implements BeanDefinitionRegistryPostProcessor {

  private static final Logger log = LoggerFactory.getLogger(ServiceDefinitions.class);

  private final Environment environment;
  private final Hosting hosting;
  private @Nullable DeclaredServices declared;
  private List<ServiceBean> application = List.of();
  private List<ServiceBean> here = List.of();
  private List<ServiceBean> elsewhere = List.of();
  private HostedServices hosted = new HostedServices(List.of());
  private @Nullable ApplicationDescription description;
  private ObjectTypes objects = new ObjectTypes(List.of());

  ServiceDefinitions(Environment environment) {
    this.environment = environment;
    this.hosting = Hosting.of(environment);
  }

  /// All services that this process knows.
  DeclaredServices declared() {
    return requireNonNull(declared);
  }

  /// The services that live in this process; none in-process, where nobody calls from outside.
  HostedServices hosted() {
    return hosted;
  }

  /// The types of objects that this process knows from its bean definitions.
  ObjectTypes objects() {
    return objects;
  }

  /// Whether a bean is a service that lives in this process.
  ///
  /// @param bean name of the bean
  boolean hosts(String bean) {
    return here.stream().anyMatch(service -> service.name().equals(bean));
  }

  /// The name of the service that a bean is, be it hosted here or not; empty if it is none.
  ///
  /// @param bean name of the bean
  Optional<String> service(String bean) {
    return application.stream()
        .filter(service -> service.name().equals(bean))
        .map(service -> service.contract().name())
        .findFirst();
  }

  /// The services whose beans are stand-ins in this process.
  List<ServiceBean> elsewhere() {
    return elsewhere;
  }

  /// The application's description.
  ApplicationDescription description() {
    return requireNonNull(description);
  }

  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {}

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    var contracts = new ServiceContracts(this::settings);
    var objectDefinitions = new ObjectDefinitions(beans);
    var found = objectDefinitions.read(new ServiceScanner(beans, contracts).scan());
    objects = objectDefinitions.types();
    application = found.stream().filter(bean -> !platform(bean.contract())).toList();
    description = new DescriptionSource(beans, environment).describe(application);
    checkTypes(application, beans, objectDefinitions);
    var option = DescribeOption.of(environment);
    if (option.isPresent()) {
      option.get().write(description);
      beans
          .getBeanProvider(ProcessEnd.class)
          .getIfAvailable(() -> Runtime.getRuntime()::halt)
          .end(0);
    }
    declared =
        new DeclaredServices(application.stream().map(ServiceBean::contract).toList(), List.of());
    objectDefinitions.apply(
        service -> !hosting.remote() || ProcessRole.hosts(hosting, service), hosting.remote());
    ProcessRole.of(hosting)
        .ifPresent(role -> {
          here = found.stream().filter(this::hosted).toList();
          elsewhere =
              found.stream()
                  .filter(bean -> !hosted(bean) && !objectDefinitions.contains(bean))
                  .toList();
          join(role, found, beans, contracts);
        });
  }

  private static boolean platform(ServiceContract contract) {
    return contract.type().getPackage() == ApplicationDescription.class.getPackage();
  }

  private ServiceSettings settings(String service) {
    return Binder.get(environment)
        .bind("myelin.services." + service, ServiceSettings.class)
        .orElse(ServiceSettings.NONE);
  }

  private void checkTypes(
      List<ServiceBean> application,
      ConfigurableListableBeanFactory beans,
      ObjectDefinitions objectDefinitions) {
    var codec = beans.getBeanProvider(Codec.class).getIfAvailable();
    if (codec == null || application.isEmpty()) {
      return;
    }
    var types = new CarriedTypes(codec);
    // their arguments, results and fields are carried in every mode
    types.require(application.stream().filter(objectDefinitions::contains).toList());
    types.requireFields(objects.known());
    if (hosting.remote()) {
      types.require(application);
      return;
    }
    var problems = types.problems(application);
    if (!problems.isEmpty()) {
      log.warn(
          "This application runs in-process only, because arguments or results of its services"
              + " cannot be carried between processes: {}",
          String.join("; ", problems));
    }
  }

  private void join(
      Role role,
      List<ServiceBean> found,
      ConfigurableListableBeanFactory beans,
      ServiceContracts contracts) {
    HostingCheck.require(hosting, ServiceScanner.byName(found).keySet(), environment);
    var definitions = new StandInDefinitions(beans);
    elsewhere.forEach(definitions::replace);
    var called = new CalledServices(beans, contracts).find();
    called.forEach(service -> definitions.add(service.contract(), service.type()));
    hosted =
        new HostedServices(
            here.stream()
                .map(bean -> new Hosted(bean.contract(), () -> beans.getBean(bean.name())))
                .toList());
    declared =
        new DeclaredServices(
            declared().application(),
            Stream.concat(
                    found.stream().map(ServiceBean::contract).filter(ServiceDefinitions::platform),
                    called.stream().map(CalledServices.Called::contract))
                .toList());
    if (role == Role.INSTANCE) {
      new InstanceDefinitions(beans).apply(here);
    }
    log.info("role={} hosted={} elsewhere={}", role, names(here), names(elsewhere));
  }

  private boolean hosted(ServiceBean bean) {
    return ProcessRole.hosts(hosting, bean.contract().name());
  }

  private static List<String> names(List<ServiceBean> services) {
    return services.stream().map(bean -> bean.contract().name()).toList();
  }
}
