package dev.myelin.pubsub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.myelin.house.HouseRules;
import dev.myelin.house.SimulatedServiceRules;
import dev.myelin.house.TimeRules;

@AnalyzeClasses(
    packages = "dev.myelin.pubsub",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTests {

  @ArchTest static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

  @ArchTest static final ArchTests TIME = ArchTests.in(TimeRules.class);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("dev.myelin.(pubsub..)")
          .should()
          .beFreeOfCycles()
          .because("a package that needs its user cannot be read or changed by itself");

  @ArchTest
  static final ArchRule onlyTheRootKnowsSpring =
      SimulatedServiceRules.onlyTheRootKnowsSpring("pubsub");

  @ArchTest
  static final ArchRule noOtherServiceIsImported =
      SimulatedServiceRules.noOtherServiceIsImported("pubsub");

  @ArchTest
  static final ArchRule intervalsComeFromTheScheduler =
      noClasses()
          .should()
          .callMethod(System.class, "nanoTime")
          .because("tests and simulations move the clock themselves");
}
