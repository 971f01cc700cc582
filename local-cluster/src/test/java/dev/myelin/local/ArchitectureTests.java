package dev.myelin.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.myelin.house.HouseRules;
import dev.myelin.house.TimeRules;

@AnalyzeClasses(packages = "dev.myelin.local", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

  @ArchTest static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

  @ArchTest static final ArchTests TIME = ArchTests.in(TimeRules.class);

  @ArchTest
  static final ArchRule CONFIGURATIONS_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("dev.myelin.."))
                  .or(
                      resideInAnyPackage(
                          "dev.myelin",
                          "dev.myelin.local",
                          "dev.myelin.membership",
                          "dev.myelin.wire"))
                  .or(nameMatching("dev\\.myelin\\.[a-z]+\\.[A-Za-z]+Configuration"))
                  .or(nameMatching("dev\\.myelin\\.orchestrator\\.ApplyProperties"))
                  .or(resideInAPackage("dev.myelin.orchestrator.kubernetes.release")))
          .because(
              "a core service is put into this process as a whole, not in parts; the job of a"
                  + " release runs instead of them");

  @ArchTest
  static final ArchRule ONE_PUBLIC_TYPE =
      classes()
          .that(not(assignableTo(LocalClusterApplication.class)))
          .and()
          .areTopLevelClasses()
          .should()
          .notBePublic()
          .because("nothing is built on this module");
}
