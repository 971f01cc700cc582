package dev.myelin.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What the sample applications keep.
public final class ApplicationRules {

  /// Nothing of the library's inside is used.
  @ArchTest
  public static final ArchRule seesOnlyWhatUsersImport =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.myelin.wire..",
              "dev.myelin.contract..",
              "dev.myelin.transport..",
              "dev.myelin.client..",
              "dev.myelin.server..",
              "dev.myelin.membership..",
              "dev.myelin.topic..",
              "dev.myelin.autoconfigure..")
          .because("an application is written against the root package of the starter alone");

  private ApplicationRules() {}
}
