package dev.myelin.benchmarks;

import dev.myelin.benchmarks.depth.DescentVariant;
import dev.myelin.benchmarks.grpc.GrpcDescent;
import dev.myelin.benchmarks.myelin.MyelinDescent;
import java.util.List;

/// Every way of calling that is measured a thousand levels deep.
final class DescentVariants {
  static final List<DescentVariant> ALL =
      List.of(new MyelinDescent(), GrpcDescent.onVirtualThreads(), GrpcDescent.tuned());

  private DescentVariants() {}

  static DescentVariant named(String name) {
    return ALL.stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "No way to descend is named '%s'. There are: %s."
                    .formatted(name, ALL.stream().map(DescentVariant::name).toList())));
  }
}
