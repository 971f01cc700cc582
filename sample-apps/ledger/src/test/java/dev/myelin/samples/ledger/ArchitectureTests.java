package dev.myelin.samples.ledger;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.myelin.house.ApplicationRules;
import dev.myelin.house.HouseRules;

@AnalyzeClasses(packages = "dev.myelin.samples", importOptions = DoNotIncludeTests.class)
final class ArchitectureTests {

  @ArchTest static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

  @ArchTest static final ArchTests APPLICATION = ArchTests.in(ApplicationRules.class);
}
