package dev.myelin.samples.guestbook;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ProfanityFilterTests {

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "a fine day, a fine day",
    "what the heck, what the ****",
    "'Darn! darn, DARN', '****! ****, ****'",
    "darned checkout, darned checkout",
    "blast, *****"
  })
  void cleanCoversWholeWordsOnly(String text, String cleaned) {
    var filter = new ProfanityFilter(new GuestbookProperties(null, null, null));

    assertThat(filter.clean(text)).isEqualTo(cleaned);
  }

  @Test
  void filterLivesWithoutTheDatabase(@TempDir Path folder) throws IOException {
    var log = folder.resolve("service.log");
    new ApplicationContextRunner()
        .withBean(GuestbookProperties.class, () -> new GuestbookProperties(null, null, log))
        .withUserConfiguration(ProfanityFilter.class)
        .run(context ->
            assertThat(context)
                .hasSingleBean(ProfanityFilter.class)
                .doesNotHaveBean(DataSource.class)
                .doesNotHaveBean(EntityManagerFactory.class)
                .doesNotHaveBean(EntryRepository.class));

    assertThat(Files.readAllLines(log))
        .containsExactly(String.valueOf(ProcessHandle.current().pid()));
  }
}
