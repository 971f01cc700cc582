package dev.myelin.orchestrator.rollout;

import dev.myelin.wire.InstanceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Compares how often calls fail at the instances of two versions, since a rollout began. Confined
/// to one thread.
///
/// Of an instance of the old version only what comes after it is first seen counts: its past says
/// nothing of the present, in which both versions may suffer from the same fault elsewhere. What an
/// instance said last stays counted when it is gone.
public final class ErrorComparison {

  private final RolloutSettings settings;
  private final Map<InstanceId, Counted> known = new LinkedHashMap<>();

  /// What one instance has said of its calls.
  ///
  /// @param id which instance
  /// @param service what it hosts
  /// @param wanted whether it is of the version that is to remain
  /// @param calls calls ended since its process started
  /// @param errors of those, the ones that failed
  public record Said(InstanceId id, String service, boolean wanted, long calls, long errors) {}

  private record Counted(Said first, Said last) {

    long calls() {
      return last.calls() - (last.wanted() ? 0 : first.calls());
    }

    long errors() {
      return last.errors() - (last.wanted() ? 0 : first.errors());
    }
  }

  private record Sum(long calls, long errors) {

    static final Sum NONE = new Sum(0, 0);

    Sum plus(Counted counted) {
      return new Sum(calls + counted.calls(), errors + counted.errors());
    }

    double share() {
      return calls == 0 ? 0 : (double) errors / calls;
    }

    String text() {
      return String.format(
          Locale.ROOT, "%d of %d (%.1f %%)", errors, calls, Math.round(share() * 1_000) / 10.0);
    }
  }

  /// Creates it, empty.
  ///
  /// @param settings the bound
  public ErrorComparison(RolloutSettings settings) {
    this.settings = settings;
  }

  /// Forgets everything: another rollout begins.
  public void clear() {
    known.clear();
  }

  /// Takes what instances say now.
  ///
  /// @param said of each instance that was heard
  /// @return which service fails too often at the wanted version, if one does
  public Optional<String> note(List<Said> said) {
    for (var each : said) {
      known.merge(
          each.id(), new Counted(each, each), (before, _) -> new Counted(before.first(), each));
    }
    var wanted = new TreeMap<String, Sum>();
    var others = new TreeMap<String, Sum>();
    for (var counted : known.values()) {
      var sums = counted.last().wanted() ? wanted : others;
      sums.put(
          counted.last().service(),
          sums.getOrDefault(counted.last().service(), Sum.NONE).plus(counted));
    }
    return wanted.entrySet().stream()
        .filter(sum -> exceeds(sum.getValue(), others.getOrDefault(sum.getKey(), Sum.NONE)))
        .map(sum ->
            "%s calls of '%s' failed at the new version, %s at the old one"
                .formatted(
                    sum.getValue().text(),
                    sum.getKey(),
                    others.getOrDefault(sum.getKey(), Sum.NONE).text()))
        .findFirst();
  }

  private boolean exceeds(Sum wanted, Sum other) {
    return wanted.calls() >= settings.errorCalls()
        && wanted.share() > other.share() + settings.errorBound();
  }
}
