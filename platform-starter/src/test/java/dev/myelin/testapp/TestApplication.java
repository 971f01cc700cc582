package dev.myelin.testapp;

import dev.myelin.Microservice;
import java.util.function.Supplier;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Has a bean of every kind that an instance leaves to the front.
@SpringBootApplication
@EnableScheduling
public class TestApplication implements CommandLineRunner {

  public static void main(String[] arguments) {
    SpringApplication.run(TestApplication.class, arguments);
  }

  @Override
  public void run(String... arguments) {
    Traces.add("main runner");
  }

  @Bean
  Supplier<String> greeting() {
    return () -> "hello";
  }

  @Bean
  CommandLineRunner lambdaRunner(Database database) {
    return _ -> Traces.add("lambda runner");
  }

  /// Hosted in tests.
  @Microservice
  public static class Greeter {

    private final Supplier<String> greeting;
    private final Seed seed;

    Greeter(Supplier<String> greeting, Seed seed) {
      this.greeting = greeting;
      this.seed = seed;
      Traces.add("greeter");
    }

    public String greet(String name) {
      return greeting.get() + " " + name + ", seed " + seed.value();
    }

    @EventListener
    public void ready(ApplicationReadyEvent event) {
      Traces.add("hosted listener");
    }
  }

  /// Not hosted in tests.
  @Microservice
  public static class Counter {

    Counter() {
      Traces.add("counter");
    }

    @Scheduled(fixedRate = 3_600_000)
    public void tick() {
      Traces.add("tick");
    }
  }

  /// Hosted and lazy.
  @Microservice
  @Lazy
  public static class Sleeper {

    Sleeper() {
      Traces.add("sleeper");
    }

    public String sleep() {
      return "slept";
    }
  }

  /// A runner that a service depends on.
  @Component
  public static class Seed implements ApplicationRunner {

    int value() {
      return 42;
    }

    @Override
    public void run(ApplicationArguments arguments) {
      Traces.add("seed runner");
    }
  }

  /// A runner that nobody depends on.
  @Component
  public static class Report implements CommandLineRunner {

    Report() {
      Traces.add("report");
    }

    public String title() {
      return "title";
    }

    @Override
    public void run(String... arguments) {
      Traces.add("report runner");
    }
  }

  /// Stands for whatever is expensive.
  @Component
  public static class Database {

    Database() {
      Traces.add("database");
    }
  }

  /// Has a schedule.
  @Component
  public static class Clockwork {

    Clockwork() {
      Traces.add("clockwork");
    }

    @Scheduled(fixedRate = 3_600_000)
    void tick() {
      Traces.add("clockwork ticks");
    }
  }

  /// Listens to the start.
  @Component
  public static class Warmup {

    @EventListener
    public void ready(ApplicationReadyEvent event) {
      Traces.add("ready listener");
    }

    @EventListener(ApplicationStartedEvent.class)
    public void started() {
      Traces.add("started listener");
    }

    @EventListener
    public void order(Order order) {
      Traces.add("order " + order.id());
    }
  }

  /// Listens to the start, as an interface.
  @Component
  public static class Announcer implements ApplicationListener<ApplicationReadyEvent> {

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
      Traces.add("announcer");
    }
  }

  /// An event of the application's own.
  ///
  /// @param id any number
  public record Order(int id) {}

  /// Belongs to the front.
  @RestController
  public static class Shop {

    Shop() {
      Traces.add("shop");
    }

    @GetMapping("/shop")
    String shop() {
      return "open";
    }
  }
}
