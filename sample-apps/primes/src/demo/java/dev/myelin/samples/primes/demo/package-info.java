/// The program behind `./demo`: starts a cluster, lets it count, kills one of its processes, and
/// says what came of it.
///
/// Run as source, by a JDK alone: it depends on nothing else, and knows the cluster only from
/// outside, as a process and by HTTP. Open [Demo] first.
@NullMarked
package dev.myelin.samples.primes.demo;

import org.jspecify.annotations.NullMarked;
