package dev.myelin.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/// What the core services keep whose logic runs in simulations.
public final class SimulatedServiceRules {

  private static final List<String> SERVICES =
      List.of("orchestrator", "stethoscope", "pubsub", "gateway", "local");

  private SimulatedServiceRules() {}

  /// Spring is known to a service's root package alone.
  ///
  /// @param service name of the package below `dev.myelin`
  public static ArchRule onlyTheRootKnowsSpring(String service) {
    return noClasses()
        .that()
        .resideInAPackage("dev.myelin." + service + ".*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .because("what decides runs in simulations, without a container");
  }

  /// Other services are known by the starter's interfaces.
  ///
  /// @param service name of the package below `dev.myelin`
  public static ArchRule noOtherServiceIsImported(String service) {
    var others =
        SERVICES.stream()
            .filter(other -> !other.equals(service))
            .map(other -> "dev.myelin." + other + "..")
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> foreign = Predicates.resideInAnyPackage(others);
    return noClasses()
        .should()
        .dependOnClassesThat(foreign)
        .because("core services know each other by the interfaces in the starter's wire alone");
  }
}
