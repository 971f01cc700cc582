package dev.myelin.pubsub.process;

import dev.myelin.Delivery;
import dev.myelin.Microservice;
import dev.myelin.Subscribe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/// Has a service that writes down which orders it has handled, one a line.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SubscriberApplication {

  /// Starts it.
  ///
  /// @param arguments properties
  public static void main(String[] arguments) {
    SpringApplication.run(SubscriberApplication.class, arguments);
  }

  /// What is published.
  ///
  /// @param number which
  public record Order(int number) {}

  /// Takes its time for each order.
  @Microservice
  public static class Warehouse {

    private final Path ledger;

    Warehouse(@Value("${ledger}") Path ledger) {
      this.ledger = ledger;
    }

    private void write(String what, Order order, Delivery delivery) throws IOException {
      Files.writeString(
          ledger,
          "%s %d %s %d%n"
              .formatted(what, order.number(), delivery.publication().id(), delivery.attempt()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }

    // snippet: subscribe
    @Subscribe("orders")
    void reserve(Order order, Delivery delivery) throws Exception {
      write("began", order, delivery);
      TimeUnit.MILLISECONDS.sleep(20);
      write("handled", order, delivery);
    }
    // end snippet
  }
}
