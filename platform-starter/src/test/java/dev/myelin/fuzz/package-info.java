/// Inputs that nobody wrote. `Fuzzing` runs a target on its corpus and on what a seeded random
/// makes of it; `./fuzz` runs the same targets under Jazzer for as long as it is told.
@NullMarked
package dev.myelin.fuzz;

import org.jspecify.annotations.NullMarked;
