package dev.myelin.samples.shapes;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts the application: everything in this process, unless `myelin.mode` says otherwise.
@SpringBootApplication
public class ShapesApplication {

  static void main(String[] args) {
    SpringApplication.run(ShapesApplication.class, args);
  }
}
