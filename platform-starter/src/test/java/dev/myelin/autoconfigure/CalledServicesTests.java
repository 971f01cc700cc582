package dev.myelin.autoconfigure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Microservice;
import dev.myelin.contract.DeclaredServices;
import dev.myelin.contract.ServiceContract;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.Stethoscope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

final class CalledServicesTests {

  @Microservice("prices")
  interface Prices {

    String price(String item);
  }

  @Microservice
  interface Stock<T> {

    String count(T item);
  }

  @Microservice
  interface Ratings {

    String rate();
  }

  @Microservice
  interface Local {

    String name();
  }

  static class Shop {

    final Prices prices;
    @Autowired @Nullable ObjectProvider<Ratings> ratings;
    @Nullable Stock<Integer> stock;

    Shop(Prices prices) {
      this.prices = prices;
    }

    @Autowired
    void setStock(Optional<Stock<Integer>> stock) {
      this.stock = stock.orElse(null);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Application {

    @Bean
    Shop shop(Prices prices) {
      return new Shop(prices);
    }

    @Bean
    String label(Local local) {
      return local.name();
    }

    @Bean
    Local local() {
      return () -> "here";
    }
  }

  @Test
  void interfaceWhenNoBeanImplementsItIsAStandIn() {
    Contexts.hosting("local")
        .withUserConfiguration(Application.class)
        .run(context -> {
          var shop = context.getBean(Shop.class);
          assertThat(shop.prices.price("tea")).isEqualTo("remote");
          assertThat(requireNonNull(shop.stock).count(1)).isEqualTo("remote");
          assertThat(requireNonNull(shop.ratings).getObject().rate()).isEqualTo("remote");
          assertThat(context.getBean("label")).isEqualTo("here");
          assertThat(context.getBean(RecordingClients.class).calls())
              .containsExactly(
                  "prices.price(java.lang.String)",
                  "stock.count(java.lang.Integer)",
                  "ratings.rate()");
          var declared = context.getBean(DeclaredServices.class);
          assertThat(declared.application())
              .extracting(ServiceContract::name)
              .containsExactly("local");
          assertThat(declared.called())
              .extracting(ServiceContract::name)
              .containsExactly(
                  "myelin-orchestrator",
                  "myelin-pubsub",
                  "myelin-stethoscope",
                  "myelin-topics",
                  "prices",
                  "ratings",
                  "stock");
        });
  }

  @Test
  void interfaceWhenInProcessAndWithoutBeanFailsAsSpringDoes() {
    Contexts.inProcess()
        .withUserConfiguration(Application.class)
        .run(context ->
            assertThat(context)
                .hasFailed()
                .getFailure()
                .isInstanceOf(UnsatisfiedDependencyException.class)
                .hasMessageContaining(Prices.class.getName()));
  }

  @Test
  void platformWhenRemoteIsCallable() {
    Contexts.front()
        .run(context -> {
          context.getBean(Orchestrator.class).cluster();
          assertThat(context).hasSingleBean(PubSub.class).hasSingleBean(Stethoscope.class);
          assertThat(context.getBean(RecordingClients.class).calls())
              .containsExactly("myelin-orchestrator.cluster()");
        });
  }

  @Test
  void platformWhenInProcessHasNoBeans() {
    Contexts.inProcess()
        .run(context ->
            assertThat(context).doesNotHaveBean(Orchestrator.class).doesNotHaveBean(PubSub.class));
  }
}
