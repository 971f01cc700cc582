/// Objects under faults: whether anything that was written is lost, written twice or seen too late.
///
/// Clients call objects whose hosts are killed and paused, and so is their store, a real one, or it
/// stalls and loses answers ([TrialStore]); what each call came to is an [Observation], and
/// [VersionChains] judges them all. Open [ObjectsTrial] first.
@NullMarked
package dev.myelin.benchmarks.objects;

import org.jspecify.annotations.NullMarked;
