package dev.myelin.samples.beans;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of bean, called in one process and across two, with equal outcomes; `docs/beans.md`
/// is what comes of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BeanMatrixTests {

  private static final Path PAGE = Path.of("../../docs/beans.md");

  private List<Sides> modes = List.of();

  @BeforeAll
  void start() throws IOException {
    modes = List.of(Sides.inProcess(BeansApplication.class), Sides.remote(BeansApplication.class));
  }

  @AfterAll
  void stop() {
    modes.forEach(Sides::close);
  }

  static Stream<Row> rows() {
    return Stream.concat(AnnotationRows.all().stream(), ShapeRows.all().stream());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void beanInProcess(Row row) throws Exception {
    assertThat(row.scenario().run(modes.getFirst())).isEqualTo(row.outcome());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void beanRemote(Row row) throws Exception {
    assertThat(row.scenario().run(modes.getLast())).isEqualTo(row.outcome());
  }

  @Test
  void pageIsWhatTheRowsSay() throws IOException {
    var page = MatrixPage.of(rows().toList());

    // what the page should be, to be copied where this fails
    Files.writeString(Path.of("target/beans.md"), page);
    assertThat(PAGE).as("copy sample-apps/beans/target/beans.md to docs").hasContent(page);
  }
}
