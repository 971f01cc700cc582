/// Frames between two processes.
///
/// `Transport` is the port: it listens, connects, and hands over frames in order. The only adapter
/// is Netty's. Nothing here knows what a service is. Open `Transport` first.
@NullMarked
package dev.myelin.transport;

import org.jspecify.annotations.NullMarked;
