package dev.myelin.benchmarks;

import dev.myelin.benchmarks.load.LoadPlan;
import dev.myelin.benchmarks.variant.Row;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What a run of `calls` does.
///
/// @param rows what is measured, in turn
/// @param inProcess whether a call within one process is measured as well
/// @param descent whether calls a thousand levels deep are measured as well
/// @param pairs how many fresh pairs of processes each row gets
/// @param load what each client measures
/// @param subject the variant that is compared with all others
record CallsPlan(
    List<Row> rows, boolean inProcess, boolean descent, int pairs, LoadPlan load, String subject) {
  static final String USAGE =
      """
      calls [options]: the same call over Myelin and its rivals, side by side
        --variants=a,b/async  what to measure, by variant or by variant and kind of callers; 'in-process'
                              is a call within one JVM, 'descent' one that is 1,000 levels deep (all of them)
        --pairs=N             fresh pairs of JVMs for each row (3)
        --warmup=SECONDS      32 callers before anything counts, in each pair (40)
        --seconds=SECONDS     each number of callers (8)
        --callers=1,32,256    the numbers of callers
        --seed=N              what the baskets are made of (1)
        --subject=NAME        the variant that is compared with all others (myelin)
        --quick               one pair, 2 s of warm-up, 1 s each: shows that it runs, proves nothing
      """;

  private static final String IN_PROCESS = "in-process";
  private static final String DESCENT = "descent";
  private static final Set<String> OPTIONS =
      Set.of("variants", "pairs", "warmup", "seconds", "callers", "seed", "subject", "quick");

  CallsPlan {
    if (pairs < 1) {
      throw new IllegalArgumentException(
          "The option '--pairs' is '" + pairs + "', expected 1 or more.");
    }
    rows = List.copyOf(rows);
  }

  static CallsPlan parse(List<String> arguments) {
    var options = Options.parse(arguments, OPTIONS);
    var quick = options.has("quick");
    var load =
        new LoadPlan(
            options.seconds("warmup", Duration.ofSeconds(quick ? 2 : 40)),
            options.seconds("seconds", Duration.ofSeconds(quick ? 1 : 8)),
            options.numbers("callers", "1,32,256"),
            options.seed("seed", 1));
    var all = !options.has("variants");
    List<String> names = all ? List.of() : options.texts("variants", "");
    var rows =
        names.stream()
            .filter(name -> !name.equals(IN_PROCESS) && !name.equals(DESCENT))
            .flatMap(name -> Variants.named(name).stream())
            .distinct()
            .toList();
    return new CallsPlan(
        all ? Variants.rows() : rows,
        all || names.contains(IN_PROCESS),
        all || names.contains(DESCENT),
        options.number("pairs", quick ? 1 : 3),
        load,
        options.text("subject", "myelin"));
  }
}
