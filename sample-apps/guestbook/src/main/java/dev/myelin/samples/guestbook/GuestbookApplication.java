package dev.myelin.samples.guestbook;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/// Starts the application.
@SpringBootApplication
@EnableScheduling
@EnableConfigurationProperties(GuestbookProperties.class)
public class GuestbookApplication {

  static void main(String[] args) {
    SpringApplication.run(GuestbookApplication.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
