package dev.myelin.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.myelin.house.HouseRules;
import dev.myelin.house.SimulatedServiceRules;
import dev.myelin.house.TimeRules;
import java.time.Clock;

@AnalyzeClasses(
    packages = "dev.myelin.orchestrator",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTests {

  @ArchTest static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

  @ArchTest static final ArchTests TIME = ArchTests.in(TimeRules.class);

  @ArchTest
  static final ArchRule ONLY_THE_ROOT_KNOWS_SPRING =
      SimulatedServiceRules.onlyTheRootKnowsSpring("orchestrator");

  @ArchTest
  static final ArchRule NOTHING_OF_OTHER_SERVICES =
      SimulatedServiceRules.noOtherServiceIsImported("orchestrator");

  @ArchTest
  static final ArchRule INTERVALS_COME_FROM_OUTSIDE =
      noClasses()
          .that()
          .doNotHaveSimpleName("Time")
          .should()
          .callMethod(System.class, "nanoTime")
          .because("a test moves the clock; it does not wait for it");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices()
          .matching("dev.myelin.orchestrator.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a part that can be read, tested and replaced alone has its users on one side");

  @ArchTest
  static final ArchRule DECISIONS_ARE_PURE =
      noClasses()
          .that()
          .haveSimpleName("Planner")
          .or()
          .haveSimpleName("Staffing")
          .or()
          .haveSimpleName("Scaler")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "do input or output, wait or read a clock", ArchitectureTests::impure))
          .because("a decision is tested by giving it a picture, and may be taken again");

  private static boolean impure(JavaClass type) {
    return type.getPackageName().startsWith("java.io")
        || type.getPackageName().startsWith("java.nio")
        || type.getPackageName().startsWith("java.util.concurrent")
        || type.getPackageName().equals("dev.myelin.orchestrator.time")
        || type.isEquivalentTo(Clock.class)
        || type.isEquivalentTo(Thread.class);
  }

  @ArchTest
  static final ArchRule MUTABLE_STATE_SAYS_ITS_GUARD =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .haveSimpleName("Roster")
          .and()
          .areNotStatic()
          .should()
          .beAnnotatedWith(GuardedBy.class)
          .allowEmptyShould(true)
          .because("the roster is shared by the loop, the actions and the views");
}
