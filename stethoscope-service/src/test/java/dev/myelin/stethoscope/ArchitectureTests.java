package dev.myelin.stethoscope;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;

@AnalyzeClasses(
    packages = "dev.myelin.stethoscope",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTests {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("dev.myelin.(stethoscope..)")
          .should()
          .beFreeOfCycles()
          .because("a package that needs its user cannot be read or changed by itself");

  @ArchTest
  static final ArchRule onlyTheRootKnowsSpring =
      noClasses()
          .that()
          .resideInAnyPackage("dev.myelin.stethoscope.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..")
          .because("verdicts and measures run in simulations, without a container");

  @ArchTest
  static final ArchRule noOtherServiceIsImported =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("dev.myelin.stethoscope..")
                  .or(resideInAPackage("dev.myelin.membership.."))
                  .or(resideInAPackage("dev.myelin.wire.."))
                  .or(resideInAPackage("dev.myelin.client.."))
                  .or(resideInAPackage("dev.myelin.contract.."))
                  .or(resideInAPackage("dev.myelin.server.."))
                  .or(
                      describe(
                          "not ours", type -> !type.getPackageName().startsWith("dev.myelin"))))
          .because("core services know each other by the interfaces in the starter's wire alone");

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .because("tests and simulations move the clock themselves");

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      noFields()
          .should()
          .beAnnotatedWith(Autowired.class)
          .because("what a class needs is said by its constructor");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .should()
          .resideInAnyPackage(
              "dev.myelin.stethoscope",
              "dev.myelin.stethoscope.vitals",
              "dev.myelin.stethoscope.measures")
          .andShould(be(describe("in a null-marked package", ArchitectureTests::nullMarked)))
          .because("NullAway checks null-marked packages only");

  private static boolean nullMarked(JavaClass type) {
    return type.getPackage().isAnnotatedWith(NullMarked.class);
  }
}
