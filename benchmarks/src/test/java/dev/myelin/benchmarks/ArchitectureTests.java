package dev.myelin.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.myelin.benchmarks",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTests {

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices()
          .matching("dev.myelin.benchmarks.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a package should be read without those that use it");

  @ArchTest
  static final ArchRule WHAT_MEASURES_KNOWS_NO_VARIANT =
      noClasses()
          .that()
          .resideInAnyPackage("..basket..", "..variant..", "..load..", "..report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..benchmarks.myelin..",
              "..echo..",
              "..benchmarks.grpc..",
              "..benchmarks.dubbo..",
              "..benchmarks.http..")
          .because("every variant is measured by the same code in the same way");

  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", java.time.Duration.class)
          .because("a pause hides what was waited for");
}
