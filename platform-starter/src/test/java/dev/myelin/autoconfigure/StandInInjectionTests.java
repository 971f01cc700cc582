package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Microservice;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;

final class StandInInjectionTests {

  private static final List<String> ran = new ArrayList<>();

  @BeforeEach
  void forget() {
    ran.clear();
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Qualifier
  @interface Fast {

    String level() default "high";
  }

  interface Shape {

    String name();
  }

  @Configuration(proxyBeanMethods = false)
  static class Functions {

    @Bean
    @Microservice
    Function<String, Integer> textLength() {
      ran.add("function");
      return String::length;
    }

    @Bean
    Function<Integer, Integer> twice() {
      return number -> 2 * number;
    }

    @Bean(name = {"circle", "round"})
    @Microservice("circles")
    @Fast
    @Order(2)
    Shape circle() {
      ran.add("circle");
      return () -> "circle";
    }

    @Bean
    @Order(1)
    Shape square() {
      return () -> "square";
    }

    @Bean
    @Primary
    @Microservice("triangles")
    @Order(3)
    Shape triangle() {
      ran.add("triangle");
      return () -> "triangle";
    }

    @Bean
    Picked picked(
        Function<String, Integer> byGenerics,
        @Fast Shape qualified,
        @Qualifier("round") Shape aliased,
        Shape primary,
        List<Shape> all,
        Map<String, Shape> byName,
        ObjectProvider<Shape> provider) {
      return new Picked(byGenerics, qualified, aliased, primary, all, byName.keySet().toString());
    }
  }

  record Picked(
      Function<String, Integer> byGenerics,
      Shape qualified,
      Shape aliased,
      Shape primary,
      List<Shape> all,
      String names) {}

  @Test
  void beanMethodWhenNotHostedKeepsWhatDecidesOnInjection() {
    Contexts.front()
        .withUserConfiguration(Functions.class)
        .run(context -> {
          var picked = context.getBean(Picked.class);
          assertThat(picked.byGenerics().apply("text")).isNull();
          assertThat(picked.qualified()).isSameAs(picked.aliased());
          assertThat(picked.qualified()).isSameAs(context.getBean("circle"));
          assertThat(picked.primary()).isSameAs(context.getBean("triangle"));
          assertThat(picked.names()).isEqualTo("[circle, square, triangle]");
          picked.all().forEach(Shape::name);
          assertThat(picked.all().get(0)).isSameAs(context.getBean("square"));
          assertThat(picked.all().get(1)).isSameAs(picked.qualified());
          assertThat(context.getBean(RecordingClients.class).calls())
              .containsExactly(
                  "text-length.apply(java.lang.String)", "circles.name()", "triangles.name()");
        });
    assertThat(ran).isEmpty();
  }
}
