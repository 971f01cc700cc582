package dev.myelin.benchmarks;

import dev.myelin.benchmarks.dubbo.DubboVariant;
import dev.myelin.benchmarks.echo.EchoVariant;
import dev.myelin.benchmarks.grpc.DefaultGrpcVariant;
import dev.myelin.benchmarks.grpc.DirectGrpcVariant;
import dev.myelin.benchmarks.grpc.TunedGrpcVariant;
import dev.myelin.benchmarks.http.HttpInterfaceVariant;
import dev.myelin.benchmarks.http.OpenFeignVariant;
import dev.myelin.benchmarks.myelin.MyelinVariant;
import dev.myelin.benchmarks.variant.Row;
import dev.myelin.benchmarks.variant.Variant;
import java.util.List;
import java.util.stream.Collectors;

/// Everything that is measured, in the order of the table.
final class Variants {
  private static final List<Variant> ALL =
      List.of(
          new EchoVariant(),
          MyelinVariant.plain(),
          MyelinVariant.two(),
          MyelinVariant.secured(),
          MyelinVariant.timed(),
          MyelinVariant.observed(),
          new DefaultGrpcVariant(),
          new TunedGrpcVariant(),
          new DirectGrpcVariant(),
          DubboVariant.triple(),
          DubboVariant.classic(),
          new HttpInterfaceVariant(),
          new OpenFeignVariant());

  private Variants() {}

  /// Returns every variant with every kind of callers it is measured with.
  static List<Row> rows() {
    return ALL.stream()
        .flatMap(variant -> variant.kinds().stream().map(kind -> new Row(variant, kind)))
        .toList();
  }

  /// Returns the rows that a name stands for: all of a variant's (`echo`), or the one
  /// (`echo/async`).
  ///
  /// @throws IllegalArgumentException if it stands for none, naming those there are
  static List<Row> named(String name) {
    var rows =
        rows().stream()
            .filter(row -> row.variant().name().equals(name) || row.id().equals(name))
            .toList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "No variant is named '%s'. There are: %s."
              .formatted(name, rows().stream().map(Row::id).collect(Collectors.joining(", "))));
    }
    return rows;
  }
}
