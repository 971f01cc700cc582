/// A ledger: accounts and the transfers between them are objects.
///
/// Money enters an [Account] when that is opened and moves by [Transfer]s, each an object too,
/// which [Bank] leads from one account to the other in steps that may be repeated: nothing spans
/// two objects but these. Whatever is killed on the way, the sum of all accounts stays what it was;
/// a transfer that was left half-way is ended by [Recovery]. Open [Account] first, then [Bank].
@NullMarked
package dev.myelin.samples.ledger;

import org.jspecify.annotations.NullMarked;
