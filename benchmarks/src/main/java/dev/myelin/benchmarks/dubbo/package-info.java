/// Dubbo with both of its protocols, programmatic and without a registry.
///
/// Open [dev.myelin.benchmarks.dubbo.DubboVariant] first.
@NullMarked
package dev.myelin.benchmarks.dubbo;

import org.jspecify.annotations.NullMarked;
