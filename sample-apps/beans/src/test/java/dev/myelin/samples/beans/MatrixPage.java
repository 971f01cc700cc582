package dev.myelin.samples.beans;

import java.util.List;

/// The rows of a matrix as a page of documentation.
final class MatrixPage {

  private MatrixPage() {}

  static String ofBeans(List<Row> rows) {
    var page =
        new StringBuilder(
            """
            # Kinds of beans

            What a caller sees of each kind of bean, in one process and where the bean lives in another. Written by
            `BeanMatrixTests` of `sample-apps/beans`, which runs every row in both modes, over TCP in the second, and fails where
            this page says anything else.

            | bean | in-process | remote |
            |---|---|---|
            """);
    append(page, rows);
    page.append(
        "| a final class | an ordinary bean | %s |\n".formatted(FinalClassTests.FAILURE_IN_SHORT));
    return page.toString();
  }

  static String ofShapes(List<Row> rows) {
    var page =
        new StringBuilder(
            """
            # Arguments and results

            What a caller sees of each shape of argument, result and exception, in one process and where the bean lives in another.
            Written by `BeanMatrixTests` of `sample-apps/beans`, like [kinds of beans](beans.md). What is behind it:
            [streams, entities, repositories](results.md).

            | shape | in-process | remote |
            |---|---|---|
            """);
    append(page, rows);
    return page.toString();
  }

  private static void append(StringBuilder page, List<Row> rows) {
    for (var row : rows) {
      page.append("| %s | %s | %s |\n".formatted(row.what(), row.inProcess(), row.remote()));
    }
  }
}
