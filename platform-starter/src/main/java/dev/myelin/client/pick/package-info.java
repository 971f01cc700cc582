/// Which instance takes the next attempt.
///
/// A membership snapshot enters; one [Candidate] leaves. [Roster] makes an immutable list of
/// candidates from each snapshot, without those ejected for failing this caller; a [Picker] chooses
/// from it without a lock. Open [Picker] first.
@NullMarked
package dev.myelin.client.pick;

import org.jspecify.annotations.NullMarked;
