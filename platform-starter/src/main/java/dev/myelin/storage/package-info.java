/// Stores as ports: a fast one that forgets and a slower one that lasts. Everything of the platform
/// that keeps something goes through one of the two.
///
/// - [dev.myelin.storage.EphemeralStore]: bytes by key, with an end of life; may lose anything at
///   any time
/// - [dev.myelin.storage.ObjectStore]: the state of objects, with versions; loses nothing
/// - [dev.myelin.storage.StoreException]: what either throws, saying whether a write may have
///   happened
///
/// [dev.myelin.storage.ObjectLimits] and [dev.myelin.storage.ScanPosition] are what adapters of the
/// object store have in common.
///
/// An adapter has a package of its own beneath this one.
@NullMarked
package dev.myelin.storage;

import org.jspecify.annotations.NullMarked;
