/// Writes whose outcome got lost: what every adapter to a server has to get right, once.
///
/// An adapter implements [dev.myelin.storage.settle.VersionedTable], which knows a server's
/// language and what its failures mean; [dev.myelin.storage.settle.SettlingObjectStore] makes an
/// object store of it. Open the latter first.
@NullMarked
package dev.myelin.storage.settle;

import org.jspecify.annotations.NullMarked;
