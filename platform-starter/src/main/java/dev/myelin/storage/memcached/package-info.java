/// The fast store in a cluster of memcacheds, through XMemcached.
///
/// Keys and bytes enter, memcached's text protocol leaves. Open
/// [dev.myelin.storage.memcached.MemcachedEphemeralStore] first: it asks a `Ring` on which nodes a
/// key is, and each `MemcachedNode`, behind a `Circuit` and with `Doubts` of its own, for the
/// bytes; a `StoredKey` and an `Item` are how key and value look there.
/// [dev.myelin.storage.memcached.NodeSource] says which nodes there are, a `RingHistory` what of
/// theirs still counts after a change, and a `Warmer` carries values to nodes that lack them.
///
/// The text protocol, because memcached has declared the binary one deprecated, and because
/// XMemcached joins the gets of many threads into one request in it.
@NullMarked
package dev.myelin.storage.memcached;

import org.jspecify.annotations.NullMarked;
