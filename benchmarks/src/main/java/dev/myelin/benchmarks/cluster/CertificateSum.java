package dev.myelin.benchmarks.cluster;

import dev.myelin.benchmarks.faults.Verdicts;
import dev.myelin.wire.RetirementView;
import java.util.List;
import java.util.Objects;

/// What the certificates of retirements come to together.
///
/// @param retirements how many
/// @param reported how many of them with the instance's own figures
/// @param finished calls that ended in the drain
/// @param refused calls that were sent elsewhere before they ran
/// @param lost calls that were cut
record CertificateSum(int retirements, int reported, long finished, long refused, long lost) {

  static CertificateSum of(List<RetirementView> all) {
    var calls =
        all.stream()
            .filter(view -> view.report() != null)
            .map(view -> Objects.requireNonNull(view.report()).calls())
            .toList();
    long finished = 0;
    long refused = 0;
    long lost = 0;
    for (var each : calls) {
      finished += each.finished();
      refused += each.refused();
      lost += each.cut();
    }
    return new CertificateSum(all.size(), calls.size(), finished, refused, lost);
  }

  /// Judges them.
  ///
  /// @param unreported how many may have ended before they could say anything
  void judge(Verdicts report, int unreported) {
    report.goal(
        lost == 0 && retirements - reported <= unreported,
        "certificates of %d retirements, %d with the instance's own figures: %d lost of %,d (%,d finished in the drain, %,d sent elsewhere)",
        retirements,
        reported,
        lost,
        lost + finished + refused,
        finished,
        refused);
  }
}
