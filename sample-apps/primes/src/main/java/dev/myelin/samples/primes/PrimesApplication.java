package dev.myelin.samples.primes;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts the application: everything in this process, unless `myelin.mode` says otherwise.
@SpringBootApplication
public class PrimesApplication {

  static void main(String[] args) {
    SpringApplication.run(PrimesApplication.class, args);
  }
}
