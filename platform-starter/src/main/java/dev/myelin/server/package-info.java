/// A call arriving at this process.
///
/// A call frame enters from a connection; a reply, stream or failure frame leaves. In between:
/// admission by permits, a virtual thread, the bean itself. Open `CallServer` first.
@NullMarked
package dev.myelin.server;

import org.jspecify.annotations.NullMarked;
