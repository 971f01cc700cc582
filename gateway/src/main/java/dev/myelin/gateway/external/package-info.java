/// Services with `external = true`, as `POST /{service}/{operation}`.
///
/// A request with JSON arguments enters; a call through [JsonCalls][dev.myelin.client.JsonCalls]
/// leaves, and its result becomes the response. What may be called is known from the instances' own
/// descriptions. Open [ExternalRoutes] first.
@NullMarked
package dev.myelin.gateway.external;

import org.jspecify.annotations.NullMarked;
