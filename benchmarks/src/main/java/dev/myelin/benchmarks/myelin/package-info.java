/// Myelin itself: the starter's own call path, stand-in to bean, with one instance to choose from.
///
/// Open [dev.myelin.benchmarks.myelin.MyelinVariant] first.
@NullMarked
package dev.myelin.benchmarks.myelin;

import org.jspecify.annotations.NullMarked;
