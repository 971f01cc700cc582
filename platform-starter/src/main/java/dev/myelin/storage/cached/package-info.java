/// A fast store before the lasting one: what was read or written a moment ago is got from there.
///
/// Open [dev.myelin.storage.cached.CachedObjectStore], which says who may be answered by the cache
/// and why no older state replaces a newer one; `Entry` is what is in the cache.
@NullMarked
package dev.myelin.storage.cached;

import org.jspecify.annotations.NullMarked;
