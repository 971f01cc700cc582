package dev.myelin.samples.shapes.contract;

import dev.myelin.Microservice;
import java.math.BigDecimal;
import java.time.Period;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Declares a service that is no class of this application: a function.
@Configuration(proxyBeanMethods = false)
class Invoicing {

  private static final Period TIME_TO_PAY = Period.ofDays(30);

  @Bean
  @Microservice("invoicing")
  Function<Order, Invoice> invoice() {
    return order -> {
      var total =
          order.lines().stream()
              .map(line -> line.price().multiply(BigDecimal.valueOf(line.pieces())))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      return new Invoice(order.customer(), total, order.placed().plus(TIME_TO_PAY));
    };
  }
}
