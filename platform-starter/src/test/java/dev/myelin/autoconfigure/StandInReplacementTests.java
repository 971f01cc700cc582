package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Microservice;
import dev.myelin.contract.DeclaredServices;
import dev.myelin.server.HostedServices;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.io.Closeable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.MethodBeforeAdvice;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;

final class StandInReplacementTests {

  private static final List<String> ran = new ArrayList<>();

  @BeforeEach
  void forget() {
    ran.clear();
  }

  record Event(String text) {}

  static class Expensive {

    Expensive() {
      ran.add("dependency");
    }
  }

  @Microservice
  static class Greeter implements InitializingBean, Closeable {

    @Autowired(required = false)
    @Nullable Expensive field;

    @Value("${greeting:hello}")
    @Nullable String greeting;

    Greeter(Expensive expensive) {
      ran.add("constructor");
    }

    public String greet(String name) {
      return greeting + " " + name;
    }

    @PostConstruct
    public void begin() {
      ran.add("post-construct");
    }

    @Override
    public void afterPropertiesSet() {
      ran.add("after-properties-set");
    }

    @EventListener
    public void on(Event event) {
      ran.add("event");
    }

    @PreDestroy
    public void end() {
      ran.add("pre-destroy");
    }

    @Override
    public void close() {
      ran.add("close");
    }
  }

  static class Caller {

    final Greeter greeter;

    Caller(Greeter greeter) {
      this.greeter = greeter;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Import({Greeter.class, Caller.class})
  static class Application {

    @Bean
    static DefaultAdvisorAutoProxyCreator proxies() {
      var creator = new DefaultAdvisorAutoProxyCreator();
      creator.setProxyTargetClass(true);
      return creator;
    }

    @Bean
    static DefaultPointcutAdvisor counting() {
      var pointcut = new NameMatchMethodPointcut();
      pointcut.addMethodName("greet");
      MethodBeforeAdvice advice = (_, _, _) -> ran.add("advice");
      return new DefaultPointcutAdvisor(pointcut, advice);
    }

    @Bean
    @Lazy
    Expensive expensive() {
      return new Expensive();
    }
  }

  @Test
  void serviceWhenInProcessIsTheBeanItself() {
    Contexts.inProcess()
        .withUserConfiguration(Application.class)
        .run(context -> {
          context.publishEvent(new Event("e"));
          assertThat(context.getBean(Caller.class).greeter.greet("Ada")).isEqualTo("hello Ada");
          assertThat(context.getBean(RecordingClients.class).calls()).isEmpty();
          assertThat(context.getBean(HostedServices.class).services()).isEmpty();
        });
    assertThat(ran)
        .containsExactly(
            "dependency",
            "constructor",
            "post-construct",
            "after-properties-set",
            "event",
            "advice",
            "pre-destroy",
            "close");
  }

  @Test
  void serviceWhenNotHostedIsAStandInAndNothingOfItsClassRuns() {
    Contexts.front()
        .withUserConfiguration(Application.class)
        .run(context -> {
          context.publishEvent(new Event("e"));
          var greeter = context.getBean(Caller.class).greeter;
          assertThat(greeter.greet("Ada")).isEqualTo("remote");
          assertThat(greeter.field).isNull();
          assertThat(greeter.greeting).isNull();
          assertThat(AopUtils.isAopProxy(greeter)).isFalse();
          assertThat(context.getBean(RecordingClients.class).calls())
              .containsExactly("greeter.greet(java.lang.String)");
        });
    assertThat(ran).isEmpty();
  }

  @Test
  void serviceWhenHostedIsTheBeanWithItsAspects() {
    Contexts.hosting("greeter")
        .withUserConfiguration(Application.class)
        .run(context -> {
          var hosted = context.getBean(HostedServices.class).services().getFirst();
          assertThat(hosted.contract().name()).isEqualTo("greeter");
          assertThat(hosted.bean().get()).isSameAs(context.getBean(Greeter.class));
          assertThat(((Greeter) hosted.bean().get()).greet("Ada")).isEqualTo("hello Ada");
        });
    assertThat(ran).contains("constructor", "post-construct", "advice");
  }

  @Microservice
  interface Repository<T> {

    Optional<T> find(String id);
  }

  record Purchase(String id) {}

  static class OrderRepository implements Repository<Purchase> {

    OrderRepository() {
      ran.add("repository");
    }

    @Override
    public Optional<Purchase> find(String id) {
      return Optional.of(new Purchase(id));
    }
  }

  static final class FinalRepository implements Repository<Purchase> {

    FinalRepository() {
      ran.add("repository");
    }

    @Override
    public Optional<Purchase> find(String id) {
      return Optional.of(new Purchase(id));
    }
  }

  record RepositoryCaller(Repository<Purchase> repository) {}

  @Test
  void interfaceWhenItsBeanIsNotHostedIsInjectedByGenericTypeAndByClass() {
    Contexts.front()
        .withBean(OrderRepository.class)
        .withBean(RepositoryCaller.class)
        .run(context -> {
          context.getBean(RepositoryCaller.class).repository().find("1");
          context.getBean(OrderRepository.class).find("2");
          assertThat(context.getBean(RecordingClients.class).calls())
              .hasSize(2)
              .containsOnly("repository.find(java.lang.String)");
        });
    assertThat(ran).isEmpty();
  }

  @Test
  void interfaceWhenItsClassIsFinalHasAStandInOfTheInterface() {
    Contexts.front()
        .withUserConfiguration(FinalRepositoryApplication.class)
        .run(context -> {
          context.getBean(RepositoryCaller.class).repository().find("1");
          assertThat(context.getBeanNamesForType(FinalRepository.class)).isEmpty();
          assertThat(context.getBean(RecordingClients.class).calls())
              .containsExactly("repository.find(java.lang.String)");
        });
    assertThat(ran).isEmpty();
  }

  @Configuration(proxyBeanMethods = false)
  static class FinalRepositoryApplication {

    @Bean
    FinalRepository finalRepository() {
      return new FinalRepository();
    }

    @Bean
    RepositoryCaller caller(@Qualifier("finalRepository") Repository<Purchase> repository) {
      return new RepositoryCaller(repository);
    }
  }

  @Microservice
  static class Parent {

    public String work() {
      return "local";
    }
  }

  static class Child extends Parent {

    Child() {
      ran.add("child");
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Microservice(external = true)
  @interface PublicService {}

  @PublicService
  static class Meta {

    Meta() {
      ran.add("meta");
    }

    public String work() {
      return "local";
    }
  }

  @Test
  void annotationWhenInheritedOrMetaMakesAService() {
    Contexts.front()
        .withBean(Child.class)
        .withBean(Meta.class)
        .run(context -> {
          assertThat(context.getBean(Child.class).work()).isEqualTo("remote");
          assertThat(context.getBean(Meta.class).work()).isEqualTo("remote");
          var services = context.getBean(DeclaredServices.class).application();
          assertThat(services).extracting("name").containsExactly("child", "meta");
          assertThat(services.getLast().attributes().external()).isTrue();
        });
    assertThat(ran).isEmpty();
  }
}
