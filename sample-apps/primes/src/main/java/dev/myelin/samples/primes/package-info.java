/// Counts primes: the sample that scales.
///
/// A request for the primes below N enters [PrimesController], is split into a few hundred chunks
/// by a [Count], and leaves as parallel calls of [PrimeCounter]; progress is read while it runs.
/// [Sleeper] is the counterpart that waits instead of computing. Open [PrimeCounter] first.
@NullMarked
package dev.myelin.samples.primes;

import org.jspecify.annotations.NullMarked;
