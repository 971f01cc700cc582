package dev.myelin.server;

import dev.myelin.wire.codec.ThrowableCodec;

/// The formats in which calls are answered.
///
/// @param throwables of what operations throw
/// @param json of calls that carry JSON
/// @param maxFrame most bytes of a result
record ServerFormats(ThrowableCodec throwables, JsonBinding json, int maxFrame) {}
