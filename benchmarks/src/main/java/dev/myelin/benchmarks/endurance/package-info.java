/// A cluster under load whose processes are killed one after the other, for as long as is wanted.
///
/// The jars of the local cluster and of an application enter; what became of the calls, of the
/// processes and of the cluster's decisions leaves. Open [Endurance] first.
@NullMarked
package dev.myelin.benchmarks.endurance;

import org.jspecify.annotations.NullMarked;
