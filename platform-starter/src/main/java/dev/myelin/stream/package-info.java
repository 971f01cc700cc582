/// Results that come late or piece by piece, in the types that applications declare for them.
///
/// At the host, what an operation returned becomes a future or a publisher; at the caller, the
/// future or publisher of a call becomes what the operation declares: an `InputStream`, a `Flux`.
/// Nothing here knows of frames or connections. Open [ResultForms] first.
@NullMarked
package dev.myelin.stream;

import org.jspecify.annotations.NullMarked;
