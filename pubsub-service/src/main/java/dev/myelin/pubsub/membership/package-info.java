/// The members of a cluster and the history of their changes.
///
/// A registration, announcement or deregistration enters, a [LogEntry] with the next version
/// leaves, and the members survive the process in a [MemberStore]. Open [MembershipLog] first.
@NullMarked
package dev.myelin.pubsub.membership;

import org.jspecify.annotations.NullMarked;
