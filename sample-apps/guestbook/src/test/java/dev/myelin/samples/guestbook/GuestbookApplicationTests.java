package dev.myelin.samples.guestbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/// The application in one process, as `java -jar` runs it.
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "guestbook.schedule-rate=20ms")
// closed before its logs are deleted, or the schedule would go on writing them
@DirtiesContext
class GuestbookApplicationTests {

  @TempDir static Path folder;

  @LocalServerPort private int port;
  @Autowired private EntryRepository entries;
  @Autowired private ProfanityFilter filter;

  private RestTestClient http = RestTestClient.bindToServer().build();

  @DynamicPropertySource
  static void logs(DynamicPropertyRegistry properties) {
    properties.add("guestbook.schedule-log", () -> folder.resolve("schedule.log"));
    properties.add("guestbook.runner-log", () -> folder.resolve("runner.log"));
    properties.add("guestbook.service-log", () -> folder.resolve("service.log"));
  }

  @BeforeEach
  void bind() {
    http = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
  }

  @Test
  void runnerSeedsTheBookOnceAndInThisProcess() throws IOException {
    http.get()
        .uri("/entries")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$[0].author")
        .isEqualTo("the house");

    assertThat(lines("runner.log")).containsExactly(processId());
    assertThat(entries.findAll())
        .filteredOn(entry -> entry.author().equals("the house"))
        .hasSize(1);
  }

  @Test
  void writtenEntryIsCleanedAndStored() {
    http.post()
        .uri("/entries")
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"author\": \"Ada\", \"message\": \"What the heck is this?\"}")
        .exchange()
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.message")
        .isEqualTo("What the **** is this?");

    assertThat(entries.findAll())
        .filteredOn(entry -> entry.author().equals("Ada"))
        .singleElement()
        .extracting(Entry::message)
        .isEqualTo("What the **** is this?");
  }

  @Test
  void entryWithoutMessageIsRefused() {
    http.post()
        .uri("/entries")
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"author\": \"Bob\"}")
        .exchange()
        .expectStatus()
        .isBadRequest();

    assertThat(entries.findAll()).noneMatch(entry -> entry.author().equals("Bob"));
  }

  @Test
  void annotatedBeanIsHostedOnceAndItself() throws IOException {
    assertThat(filter.getClass()).isEqualTo(ProfanityFilter.class);
    assertThat(lines("service.log")).containsExactly(processId());
  }

  @Test
  @Timeout(30)
  void scheduleRunsInThisProcess() throws IOException {
    while (lines("schedule.log").size() < 3) {
      Thread.onSpinWait();
    }

    assertThat(lines("schedule.log")).containsOnly(processId());
  }

  private static List<String> lines(String log) throws IOException {
    var file = folder.resolve(log);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static String processId() {
    return String.valueOf(ProcessHandle.current().pid());
  }
}
