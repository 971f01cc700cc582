package dev.myelin.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;

@AnalyzeClasses(packages = "dev.myelin.local", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

  @ArchTest
  static final ArchRule CONFIGURATIONS_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("dev.myelin.."))
                  .or(resideInAnyPackage("dev.myelin", "dev.myelin.local", "dev.myelin.wire"))
                  .or(nameMatching("dev\\.myelin\\.[a-z]+\\.[A-Za-z]+Configuration")))
          .because("a core service is put into this process as a whole, not in parts");

  @ArchTest
  static final ArchRule NO_FIELD_INJECTION =
      noFields()
          .should()
          .beAnnotatedWith(Autowired.class)
          .because("a constructor says what a type needs");

  @ArchTest
  static final ArchRule ONE_PUBLIC_TYPE =
      classes()
          .that(not(assignableTo(LocalClusterApplication.class)))
          .and()
          .areTopLevelClasses()
          .should()
          .notBePublic()
          .because("nothing is built on this module");

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
