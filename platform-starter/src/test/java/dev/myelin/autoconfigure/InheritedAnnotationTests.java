package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Microservice;
import dev.myelin.contract.DeclaredServices;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InheritedAnnotationTests {

  private static final List<String> ran = new ArrayList<>();

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
