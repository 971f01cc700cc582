package dev.myelin.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.myelin.house.HouseRules;
import dev.myelin.house.TimeRules;

@AnalyzeClasses(
    packages = "dev.myelin.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

  @ArchTest static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

  @ArchTest static final ArchTests TIME = ArchTests.in(TimeRules.class);

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("dev.myelin.(gateway..)")
          .should()
          .beFreeOfCycles()
          .because("a package that needs its user cannot be read alone");

  @ArchTest
  static final ArchRule STARTER_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("dev.myelin.."))
                  .or(
                      resideInAnyPackage(
                          "dev.myelin.gateway..",
                          "dev.myelin",
                          "dev.myelin.wire..",
                          "dev.myelin.client",
                          "dev.myelin.contract",
                          "dev.myelin.membership")))
          .because("a core service knows the others only through the starter");

  @ArchTest
  static final ArchRule ROUTES_APART =
      noClasses()
          .that()
          .resideInAPackage("dev.myelin.gateway.front")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.myelin.gateway.external", "dev.myelin.gateway.cluster")
          .because("the routes meet in GatewayConfiguration alone");
}
