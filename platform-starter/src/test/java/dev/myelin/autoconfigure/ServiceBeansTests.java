package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Microservice;
import dev.myelin.contract.InvalidServiceException;
import dev.myelin.server.HostedServices;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.AnnotatedGenericBeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/// Services among the less usual kinds of bean.
final class ServiceBeansTests {

  private static final List<String> ran = new ArrayList<>();

  @BeforeEach
  void forget() {
    ran.clear();
  }

  @Microservice
  interface Mailer {

    String send(String text);
  }

  static class MailerFactory implements FactoryBean<Mailer> {

    @Override
    public Mailer getObject() {
      ran.add("mailer");
      return text -> "local";
    }

    @Override
    public Class<?> getObjectType() {
      return Mailer.class;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Factories {

    @Bean
    MailerFactory mailer() {
      return new MailerFactory();
    }
  }

  @Test
  void factoryBeanWhenItMakesAServiceIsHostedOrReplaced() {
    Contexts.front()
        .withUserConfiguration(Factories.class)
        .run(context -> assertThat(context.getBean(Mailer.class).send("a")).isEqualTo("remote"));
    assertThat(ran).isEmpty();
    Contexts.hosting("mailer")
        .withUserConfiguration(Factories.class)
        .run(context -> {
          var bean = context.getBean(HostedServices.class).services().getFirst().bean().get();
          assertThat(((Mailer) bean).send("a")).isEqualTo("local");
        });
  }

  @Microservice
  @Scope(value = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
  static class Session {

    private final AtomicInteger count = new AtomicInteger();

    Session() {
      ran.add("session");
    }

    public int count() {
      return count.incrementAndGet();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Import(Session.class)
  static class Scopes {

    @Bean
    static BeanFactoryPostProcessor threadScope() {
      return beans -> beans.registerScope("thread", new SimpleThreadScope());
    }
  }

  @Test
  void scopedBeanWhenAServiceIsHostedOrReplaced() {
    Contexts.hosting("session")
        .withUserConfiguration(Scopes.class)
        .run(context -> {
          var bean =
              (Session) context.getBean(HostedServices.class).services().getFirst().bean().get();
          bean.count();
          assertThat(bean.count()).isEqualTo(2);
          var elsewhere = new CompletableFuture<Integer>();
          Thread.ofVirtual().start(() -> elsewhere.complete(bean.count()));
          assertThat(elsewhere.get()).isEqualTo(1);
        });
    assertThat(ran).contains("session");
    ran.clear();
    Contexts.front()
        .withUserConfiguration(Scopes.class)
        .run(context -> {
          assertThat(context.getBean(Session.class).count()).isZero();
          assertThat(context.getBean(RecordingClients.class).calls())
              .containsExactly("session.count()");
        });
    assertThat(ran).isEmpty();
  }

  @Microservice
  static class Slow {

    @Async
    public CompletableFuture<Integer> work() {
      ran.add(Thread.currentThread().getName());
      return CompletableFuture.completedFuture(1);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAsync(proxyTargetClass = true)
  @Import(Slow.class)
  static class Asynchronous {}

  @Test
  void asyncMethodWhenHostedIsAdvisedAndWhenReplacedIsNot() {
    Contexts.hosting("slow")
        .withUserConfiguration(Asynchronous.class)
        .run(context -> assertThat(context.getBean(Slow.class).work().get()).isEqualTo(1));
    assertThat(ran).hasSize(1).doesNotContain(Thread.currentThread().getName());
    Contexts.front()
        .withUserConfiguration(Asynchronous.class)
        .run(context -> {
          assertThat(context.getBean(Slow.class).work()).isNull();
          assertThat(context.getBean(RecordingClients.class).calls())
              .containsExactly("slow.work()");
        });
  }

  static class Early implements BeanPostProcessor {

    Early(Mailer mailer) {
      ran.add(mailer.send("early"));
    }
  }

  @Test
  void serviceWhenNeededByAPostProcessorIsAStandInAlready() {
    Contexts.front()
        .withUserConfiguration(Factories.class)
        .withBean(Early.class)
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(ran).containsExactly("remote");
  }

  @Microservice("renamed")
  static class Named {}

  @Microservice(beanName = "special")
  static class NamedBean {}

  @Test
  void beanNameWhenTheServiceHasAnotherIsThatOfTheClass() {
    var registry = new SimpleBeanDefinitionRegistry();
    var names = new AnnotationBeanNameGenerator();

    assertThat(names.generateBeanName(new AnnotatedGenericBeanDefinition(Named.class), registry))
        .isEqualTo("serviceBeansTests.Named");
    assertThat(
            names.generateBeanName(new AnnotatedGenericBeanDefinition(NamedBean.class), registry))
        .isEqualTo("special");
  }

  @Microservice
  static class Batch implements CommandLineRunner {

    @Override
    public void run(@Nullable String... arguments) {
      ran.add("batch");
    }
  }

  @Microservice
  static class Other {}

  @Test
  void serviceWhenARunnerTooRunsOnceFromTheFront() {
    assertThat(runs("")).containsExactly("batch.run(java.lang.String[])");
    assertThat(runs("other")).isEmpty();
    assertThat(runs("batch")).isEmpty();
    assertThat(ran).isEmpty();
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(MyelinAutoConfiguration.class)
  @Import({Contexts.Fakes.class, Batch.class, Other.class})
  static class Batches {}

  private static List<String> runs(String hosts) {
    try (var context =
        new SpringApplicationBuilder(Batches.class)
            .web(WebApplicationType.NONE)
            .run(
                "--spring.main.banner-mode=off",
                "--myelin.mode=process",
                "--myelin.cluster.folder=target/cluster",
                "--myelin.hosts=" + hosts)) {
      return context.getBean(RecordingClients.class).calls();
    }
  }

  @Microservice
  static class Hidden {

    @Scheduled(fixedRate = 3_600_000)
    void tick() {}
  }

  @Configuration(proxyBeanMethods = false)
  @EnableScheduling
  static class Schedules {

    @Bean
    @Lazy
    Hidden hidden() {
      return new Hidden();
    }
  }

  @Test
  void scheduleWhenItsMethodCannotBeCalledRemotelyFailsTheFront() {
    Contexts.front()
        .withUserConfiguration(Schedules.class)
        .run(context ->
            assertThat(context)
                .hasFailed()
                .getFailure()
                .isInstanceOfSatisfying(
                    InvalidServiceException.class,
                    failure -> {
                      assertThat(failure).hasMessageContainingAll("'hidden'", "'tick()'");
                      assertThat(failure.remedy()).contains("public");
                    }));
  }
}
