/// Answers that say why there is none: RFC 9457 problem details.
///
/// A failed call or a refused request goes in, a response with `application/problem+json` comes
/// out. Open [Problem] first.
@NullMarked
package dev.myelin.gateway.problem;

import org.jspecify.annotations.NullMarked;
