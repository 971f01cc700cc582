/// What travels with a call beside its arguments.
///
/// The calling thread's locale, authentication, baggage and [dev.myelin.CallContext] go in as
/// [dev.myelin.wire.ContextFields]; around the operation, on the serving thread, the same comes out
/// and is gone again afterwards. A [ContextCarrier] brings one kind; applications add beans of
/// their own. Where a service lives in the calling process, the call is a plain one and the
/// thread's context is simply there. Open [ContextCarrier] first.
@NullMarked
package dev.myelin.context;

import org.jspecify.annotations.NullMarked;
