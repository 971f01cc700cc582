package dev.myelin.samples.ledger;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/// Starts the application.
@SpringBootApplication
@EnableScheduling
public class LedgerApplication {

  static void main(String[] args) {
    SpringApplication.run(LedgerApplication.class, args);
  }
}
