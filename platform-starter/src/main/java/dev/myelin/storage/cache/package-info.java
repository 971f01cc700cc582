/// Spring's caches over the fast store.
///
/// Calls of Spring's cache abstraction enter, keys and bytes leave to an
/// [dev.myelin.storage.EphemeralStore]. Open [dev.myelin.storage.cache.EphemeralCache] first: its
/// `CacheKeys` make a text of any key, its [dev.myelin.storage.cache.CacheValues] bytes of any
/// value and back, its `Generation` is what clearing changes, and its `Loading` lets one process of
/// all load a key.
@NullMarked
package dev.myelin.storage.cache;

import org.jspecify.annotations.NullMarked;
