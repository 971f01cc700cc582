/// Everything that is not an external operation, handed to a front.
///
/// An HTTP request enters and leaves as the client sent it, bodies streamed both ways, with
/// `X-Forwarded-*` headers that say where it came from. Open [FrontHandler] first.
@NullMarked
package dev.myelin.gateway.front;

import org.jspecify.annotations.NullMarked;
