/// The gateway: external operations and the front, behind one HTTP port.
///
/// An HTTP request enters. `POST /{service}/{operation}` of an external service leaves as a call to
/// one of its instances (`external`), everything else as an HTTP request to a front (`front`);
/// paths under `/-/` are answered here, to this machine only (`cluster`); one of them says what the
/// external operations are (`openapi`); another, where it is switched on, lets processes outside
/// reach those inside (`tunnel`). What cannot be answered is said as problem details (`problem`).
/// Open [GatewayConfiguration] first.
@NullMarked
package dev.myelin.gateway;

import org.jspecify.annotations.NullMarked;
