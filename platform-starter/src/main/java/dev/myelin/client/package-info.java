/// A call leaving this process.
///
/// A method call on a stand-in enters; the reply of an instance, or the exception that its
/// operation threw, leaves. In between: codec, picker on an immutable snapshot, connection,
/// deadline, retry. Open [ServiceClients] first.
@NullMarked
package dev.myelin.client;

import org.jspecify.annotations.NullMarked;
