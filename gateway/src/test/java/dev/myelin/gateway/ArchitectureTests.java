package dev.myelin.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;

@AnalyzeClasses(
    packages = "dev.myelin.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

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

  @ArchTest
  static final ArchRule NO_FIELD_INJECTION =
      noFields()
          .should()
          .beAnnotatedWith(Autowired.class)
          .because("a constructor says what a type needs");

  @ArchTest
  static final ArchRule INJECTED_TIME =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .because("tests own the time, and text must not depend on the machine's language");

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses classes) {
    classes.stream()
        .map(each -> each.getPackage())
        .distinct()
        .forEach(
            each -> assertThat(each.isAnnotatedWith(NullMarked.class)).as(each.getName()).isTrue());
  }
}
