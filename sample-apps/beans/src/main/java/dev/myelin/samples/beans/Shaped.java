package dev.myelin.samples.beans;

import dev.myelin.Microservice;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/// Services in every shape that a bean has.
final class Shaped {

  private Shaped() {}

  interface Tariff {
    String of(int amount);
  }

  @Microservice
  @Primary
  static class FlatTariff implements Tariff {
    @Override
    public String of(int amount) {
      return "flat " + amount;
    }
  }

  @Microservice
  @Qualifier("fine")
  static class SteppedTariff implements Tariff {
    @Override
    public String of(int amount) {
      return "stepped " + amount;
    }
  }

  /// Who injects them.
  @Component
  static class Till {
    private final Tariff primary;
    private final Tariff fine;
    private final Map<String, Tariff> all;

    Till(Tariff primary, @Qualifier("fine") Tariff fine, Map<String, Tariff> all) {
      this.primary = primary;
      this.fine = fine;
      this.all = all;
    }

    String primary() {
      return primary.of(1);
    }

    String fine() {
      return fine.of(2);
    }

    List<String> all() {
      return all.values().stream().map(tariff -> tariff.of(3)).sorted().toList();
    }
  }

  record Entry(String key, List<Integer> values) {}

  abstract static class Store<K, V> {
    private final Map<K, V> entries = new ConcurrentHashMap<>();

    public @Nullable V put(K key, V value) {
      return entries.put(key, value);
    }

    public @Nullable V get(K key) {
      return entries.get(key);
    }
  }

  @Microservice
  static class EntryStore extends Store<String, Entry> {}

  @Microservice
  interface Echo {
    String say(String text);

    default String twice(String text) {
      return say(text) + say(text);
    }
  }

  @Component
  static class Wall implements Echo {
    @Override
    public String say(String text) {
      return text + "!";
    }
  }

  @Microservice
  interface Made {
    String by();
  }

  @Component
  static class MadeFactory implements FactoryBean<Made> {
    @Override
    public Made getObject() {
      return () -> "the factory";
    }

    @Override
    public Class<?> getObjectType() {
      return Made.class;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Functions {
    @Bean
    @Microservice("shout")
    Function<String, String> shout() {
      return text -> text.toUpperCase(java.util.Locale.ROOT);
    }
  }
}
