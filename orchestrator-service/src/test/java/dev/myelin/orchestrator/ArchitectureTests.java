package dev.myelin.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

@AnalyzeClasses(
    packages = "dev.myelin.orchestrator",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTests {

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices()
          .matching("dev.myelin.orchestrator.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a part that can be read, tested and replaced alone has its users on one side");

  @ArchTest
  static final ArchRule ONLY_THE_ROOT_KNOWS_SPRING =
      noClasses()
          .that()
          .resideInAPackage("dev.myelin.orchestrator.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..")
          .because("what decides and acts is put together in one place and tested without it");

  @ArchTest
  static final ArchRule NOTHING_OF_OTHER_SERVICES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.myelin.pubsub..",
              "dev.myelin.stethoscope..",
              "dev.myelin.gateway..",
              "dev.myelin.local..")
          .because("services know each other by the interfaces of the starter");

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
  static final ArchRule TIME_COMES_FROM_OUTSIDE =
      noClasses()
          .that()
          .doNotHaveSimpleName("Time")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", java.time.Duration.class)
          .because("a test moves the clock; it does not wait for it");

  @ArchTest
  static final ArchRule CASE_HAS_A_LOCALE =
      noClasses()
          .should()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .orShould()
          .callMethod(String.class, "format", String.class, Object[].class)
          .because("output must not change with the language of the machine: " + Locale.ROOT);

  @ArchTest
  static final ArchRule NO_FIELD_INJECTION =
      noFields()
          .should()
          .beAnnotatedWith(Autowired.class)
          .orShould()
          .beAnnotatedWith(Value.class)
          .because("a constructor says what a type needs, and lets it be final");

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

  @ArchTest
  static final ArchRule PACKAGES_ARE_NULL_MARKED =
      classes()
          .should(
              new ArchCondition<>("be in a package with a @NullMarked package-info") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked =
                      type.getPackage()
                          .tryGetPackageInfo()
                          .filter(info -> info.isAnnotatedWith(NullMarked.class))
                          .isPresent();
                  events.add(
                      new SimpleConditionEvent(
                          type, marked, type.getPackageName() + " is not @NullMarked"));
                }
              })
          .because("absence is a case to be written down");
}
