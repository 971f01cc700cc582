package dev.myelin.samples.boot40;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The application.
@SpringBootApplication
public class Boot40Application {

  Boot40Application() {}

  /// Starts the application.
  ///
  /// @param arguments of the command line
  public static void main(String[] arguments) {
    SpringApplication.run(Boot40Application.class, arguments);
  }
}
