package dev.myelin.samples.beans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.callpath.Sides;
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

/// Every kind of bean, argument and result, called in one process and across two, with equal
/// outcomes; `docs/beans.md` and `docs/shapes.md` are what comes of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BeanMatrixTests {

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
    return Stream.concat(beans(), shapes());
  }

  private static Stream<Row> beans() {
    return Stream.concat(AnnotationRows.all().stream(), ShapeRows.all().stream());
  }

  private static Stream<Row> shapes() {
    return Stream.of(ValueRows.all(), StreamRows.all(), PersistentRows.all()).flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void outcomeInProcess(Row row) throws Exception {
    assertThat(row.scenario().run(modes.getFirst())).isEqualTo(row.inProcess());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void outcomeRemote(Row row) throws Exception {
    assertThat(row.scenario().run(modes.getLast())).isEqualTo(row.remote());
  }

  @Test
  void pagesAreWhatTheRowsSay() throws IOException {
    requireCopied("beans.md", MatrixPage.ofBeans(beans().toList()));
    requireCopied("shapes.md", MatrixPage.ofShapes(shapes().toList()));
  }

  private static void requireCopied(String name, String page) throws IOException {
    // what the page should be, to be copied where this fails
    Files.writeString(Path.of("target", name), page);
    assertThat(Path.of("../../docs", name))
        .as("copy sample-apps/beans/target/%s to docs", name)
        .hasContent(page);
  }
}
