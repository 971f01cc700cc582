/// A cluster whose processes are on hosts of their own, and what goes wrong between hosts.
///
/// The hosts are network namespaces of one machine, joined by a bridge, so that the processes are
/// real ones and so is the network: a host can be cut off, lose packets or refuse connections.
/// Needs Linux, root, `ip` and `iptables`. The names of hosts and what is to run there enter; what
/// became of calls and processes leaves. Open [Lab] first; [BlackholedHost] and [CheckerCutOff] are
/// the trials.
@NullMarked
package dev.myelin.benchmarks.lab;

import org.jspecify.annotations.NullMarked;
