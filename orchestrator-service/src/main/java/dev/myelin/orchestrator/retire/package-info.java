/// What became of the calls of instances that left.
///
/// The steps of each retirement enter, and what the instance itself says last; a
/// [dev.myelin.wire.RetirementView] leaves, whoever is asked. Open [Certificates].
@NullMarked
package dev.myelin.orchestrator.retire;

import org.jspecify.annotations.NullMarked;
