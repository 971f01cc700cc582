package dev.myelin.server;

import dev.myelin.context.CallContexts;
import dev.myelin.wire.codec.ThrowableCodec;

/// The formats in which calls are read and answered.
///
/// @param throwables of what operations throw
/// @param json of calls that carry JSON
/// @param maxFrame most bytes of a result
/// @param contexts of what travels along
record ServerFormats(
    ThrowableCodec throwables, JsonBinding json, int maxFrame, CallContexts contexts) {}
