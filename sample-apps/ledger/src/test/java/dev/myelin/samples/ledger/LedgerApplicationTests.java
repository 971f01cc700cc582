package dev.myelin.samples.ledger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/// The application in one process, as `java -jar` runs it.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LedgerApplicationTests {

  @LocalServerPort private int port;

  private RestTestClient http = RestTestClient.bindToServer().build();

  @BeforeEach
  void bind() {
    http = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
  }

  @Test
  void moneyWhenTransferredIsInTheOtherAccount() {
    open("ada", 100);
    open("bob", 50);

    transfer("t1", "ada", "bob", 30, "DONE");
    transfer("t1", "ada", "bob", 30, "DONE");
    transfer("t2", "ada", "bob", 300, "REFUSED");

    http.get()
        .uri("/accounts")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.sum")
        .isEqualTo(150)
        .jsonPath("$.accounts[?(@.number == 'ada')].balance")
        .isEqualTo(70)
        .jsonPath("$.accounts[?(@.number == 'bob')].balance")
        .isEqualTo(80);
    post("{\"number\": \"ada\", \"owner\": \"another\", \"balance\": 1}")
        .expectStatus()
        .isEqualTo(409);
    http.put()
        .uri("/transfers/t3")
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"from\": \"ada\", \"to\": \"nobody\", \"cents\": 1}")
        .exchange()
        .expectStatus()
        .isNotFound();
    http.get().uri("/index.html").exchange().expectStatus().isOk();
  }

  private void open(String number, long cents) {
    post("{\"number\": \"%s\", \"owner\": \"%s\", \"balance\": %d}"
            .formatted(number, number, cents))
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.balance")
        .isEqualTo(cents);
  }

  private RestTestClient.ResponseSpec post(String body) {
    return http.post()
        .uri("/accounts")
        .contentType(MediaType.APPLICATION_JSON)
        .body(body)
        .exchange();
  }

  private void transfer(String id, String from, String to, long cents, String state) {
    http.put()
        .uri("/transfers/" + id)
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"from\": \"%s\", \"to\": \"%s\", \"cents\": %d}".formatted(from, to, cents))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.state")
        .isEqualTo(state);
  }
}
