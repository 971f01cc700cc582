package dev.myelin.orchestrator.kubernetes.desired;

import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Share;
import dev.myelin.orchestrator.kubernetes.resource.PlacementSpec;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTermBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where pods go, and what they ask for.
final class Placements {

  private static final String NODE = "kubernetes.io/hostname";
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final int BEST = 100;

  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
  private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1 << 20);

  private Placements() {}

  /// Weighs nodes, from 100 for the best evenly down to the last: the scheduler adds up the weights
  /// of all terms that a node satisfies, and compares.
  static Optional<Affinity> affinity(List<String> own, List<String> everybodys) {
    var all = new ArrayList<>(own);
    everybodys.stream().filter(each -> !own.contains(each)).forEach(all::add);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    var terms = new ArrayList<PreferredSchedulingTerm>();
    for (int i = 0; i < all.size(); i++) {
      terms.add(term(all.get(i), Math.max(1, BEST - i * BEST / all.size())));
    }
    return Optional.of(
        new AffinityBuilder()
            .withNewNodeAffinity()
            .withPreferredDuringSchedulingIgnoredDuringExecution(terms)
            .endNodeAffinity()
            .build());
  }

  private static PreferredSchedulingTerm term(String preferred, int weight) {
    int equals = preferred.indexOf('=');
    var key = equals < 0 ? NODE : preferred.substring(0, equals).strip();
    var value = preferred.substring(equals + 1).strip();
    return new PreferredSchedulingTermBuilder()
        .withWeight(weight)
        .withNewPreference()
        .addNewMatchExpression()
        .withKey(key)
        .withOperator("In")
        .withValues(value)
        .endMatchExpression()
        .endPreference()
        .build();
  }

  static List<TopologySpreadConstraint> spread(Map<String, String> selector) {
    return List.of(over(NODE, selector), over(ZONE, selector));
  }

  private static TopologySpreadConstraint over(String topology, Map<String, String> selector) {
    return new TopologySpreadConstraintBuilder()
        .withMaxSkew(1)
        .withTopologyKey(topology)
        .withWhenUnsatisfiable("ScheduleAnyway")
        .withNewLabelSelector()
        .withMatchLabels(selector)
        .endLabelSelector()
        .build();
  }

  /// Requests in proportion to the cost. No limit of CPU, which would only slow an instance down
  /// while a core is idle; but a pinned one has whole cores, requested and limited alike, because
  /// the static CPU manager pins no other.
  static ResourceRequirements resources(PlacementSpec placement, Share share) {
    var given = placement.resources();
    if (given != null) {
      return given;
    }
    var cost = BigDecimal.valueOf(placement.cost());
    var memory = memory(share.memory().getNumericalAmount().multiply(cost));
    var cores = share.cpu().getNumericalAmount().multiply(cost);
    var builder = new ResourceRequirementsBuilder();
    if (placement.singleCore()) {
      var whole =
          new Quantity(
              cores
                  .setScale(0, RoundingMode.CEILING)
                  .max(BigDecimal.ONE)
                  .toBigInteger()
                  .toString());
      builder.addToRequests("cpu", whole).addToLimits("cpu", whole);
    } else {
      builder.addToRequests("cpu", cpu(cores));
    }
    return builder.addToRequests("memory", memory).addToLimits("memory", memory).build();
  }

  // As the API writes it, so that it is not taken for a difference
  private static Quantity cpu(BigDecimal cores) {
    var millis =
        cores
            .multiply(THOUSAND)
            .setScale(0, RoundingMode.CEILING)
            .max(BigDecimal.ONE)
            .toBigInteger();
    return millis.mod(THOUSAND.toBigInteger()).signum() == 0
        ? new Quantity(millis.divide(THOUSAND.toBigInteger()).toString())
        : new Quantity(millis + "m");
  }

  private static Quantity memory(BigDecimal bytes) {
    long mebibytes =
        bytes.divide(MEBIBYTE, 0, RoundingMode.CEILING).max(BigDecimal.ONE).longValueExact();
    return mebibytes % 1024 == 0
        ? new Quantity(mebibytes / 1024 + "Gi")
        : new Quantity(mebibytes + "Mi");
  }
}
