package dev.myelin.samples.beans;

import java.util.List;

/// The rows of the matrix as a page of documentation.
final class MatrixPage {

  private MatrixPage() {}

  static String of(List<Row> rows) {
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
    for (var row : rows) {
      page.append("| %s | %s | %s |\n".formatted(row.bean(), row.outcome(), row.outcome()));
    }
    page.append(
        "| a final class | an ordinary bean | %s |\n".formatted(FinalClassTests.FAILURE_IN_SHORT));
    return page.toString();
  }
}
