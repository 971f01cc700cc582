package dev.myelin.samples.primes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;

@AnalyzeClasses(packages = "dev.myelin.samples", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

  @ArchTest
  static final ArchRule seesOnlyWhatUsersImport =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.myelin.wire..",
              "dev.myelin.client..",
              "dev.myelin.server..",
              "dev.myelin.membership..",
              "dev.myelin.autoconfigure..")
          .because("an application is written against the root package of the starter alone");

  @ArchTest
  static final ArchRule injectsByConstructor =
      noFields()
          .should()
          .beAnnotatedWith(Autowired.class)
          .because("what a bean needs is final and visible in its constructor");

  @ArchTest
  static final ArchRule packagesAreNullMarked =
      ArchRuleDefinition.classes()
          .should(resideInNullMarkedPackage())
          .because("a null that is not declared is a defect that the compiler can find");

  private static ArchCondition<JavaClass> resideInNullMarkedPackage() {
    return new ArchCondition<>("reside in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(SimpleConditionEvent.violated(type, type.getFullName() + " does not"));
        }
      }
    };
  }
}
