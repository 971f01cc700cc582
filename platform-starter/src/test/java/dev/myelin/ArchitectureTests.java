package dev.myelin;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.myelin.house.HouseRules;
import dev.myelin.house.TimeRules;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Condition;

/// The rules of the house, each with its reason.
@AnalyzeClasses(packages = "dev.myelin", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTests {

  @ArchTest static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

  @ArchTest static final ArchTests TIME = ArchTests.in(TimeRules.class);

  @ArchTest
  static final ArchRule noCycles =
      slices()
          .matching("dev.myelin.(**)")
          .should()
          .beFreeOfCycles()
          .because("a package that depends on itself through others cannot be read alone");

  @ArchTest
  static final ArchRule arrows =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("autoconfigure")
          .definedBy("dev.myelin.autoconfigure..")
          .layer("client")
          .definedBy("dev.myelin.client..")
          .layer("server")
          .definedBy("dev.myelin.server..")
          .layer("object")
          .definedBy("dev.myelin.object..")
          .layer("topic")
          .definedBy("dev.myelin.topic..")
          .layer("contract")
          .definedBy("dev.myelin.contract..")
          .layer("membership")
          .definedBy("dev.myelin.membership..")
          .layer("transport")
          .definedBy("dev.myelin.transport..")
          .layer("wire")
          .definedBy("dev.myelin.wire..")
          .whereLayer("autoconfigure")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("client")
          .mayOnlyBeAccessedByLayers("autoconfigure", "object")
          .whereLayer("server")
          .mayOnlyBeAccessedByLayers("autoconfigure", "object")
          .whereLayer("object")
          .mayOnlyBeAccessedByLayers("autoconfigure")
          .whereLayer("topic")
          .mayOnlyBeAccessedByLayers("autoconfigure")
          .whereLayer("contract")
          .mayOnlyBeAccessedByLayers("autoconfigure", "object", "client", "server")
          .whereLayer("membership")
          .mayOnlyBeAccessedByLayers("autoconfigure", "client", "server", "topic")
          .whereLayer("transport")
          .mayOnlyBeAccessedByLayers("autoconfigure", "client", "server")
          .because(
              "arrows point one way, autoconfigure → object → client, server, topic → contract, membership,"
                  + " transport → wire, so that each layer can be tested and replaced without those"
                  + " above");

  @ArchTest
  static final ArchRule rootIsWhatUsersImport =
      noClasses()
          .that()
          .resideInAPackage("dev.myelin")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.myelin.*.."))
          .because("what user code imports must not drag in how it is done");

  @ArchTest
  static final ArchRule wireIsPlain =
      classes()
          .that(resideInAPackage("dev.myelin.wire.."))
          .and(JavaClass.Predicates.resideOutsideOfPackage("dev.myelin.wire.json.."))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "java..",
                  "dev.myelin",
                  "dev.myelin.wire..",
                  "org.jspecify.annotations..",
                  "com.fasterxml.jackson.annotation..",
                  "com.google.errorprone.annotations.."))
          .because(
              "what crosses a process boundary is read by processes of other versions and in other"
                  + " languages: no library may have a say in it");

  @ArchTest
  static final ArchRule onlyAutoconfigureKnowsBoot =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.myelin.autoconfigure..")
          .should()
          .dependOnClassesThat(resideInAPackage("org.springframework.boot.autoconfigure.."))
          .because("everything else works in a plain Spring context, and in a test without one");

  @ArchTest
  static final ArchRule autoConfigurationsAreClosed =
      classes()
          .that()
          .areAnnotatedWith(AutoConfiguration.class)
          .should()
          .bePublic()
          .andShould()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
          .because("Spring Boot names them in a file and nobody extends them");

  @ArchTest
  static final ArchRule autoConfigurationsHaveNoPublicMembers =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(AutoConfiguration.class)
          .should()
          .notBePublic()
          .because("beans are got from the context, not by calling their factory");

  @ArchTest
  static final ArchRule conditionsAreHidden =
      classes()
          .that()
          .areAssignableTo(Condition.class)
          .should()
          .notBePublic()
          .because("users meet a condition through its annotation");
}
