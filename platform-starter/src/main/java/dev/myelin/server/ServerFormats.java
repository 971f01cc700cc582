package dev.myelin.server;

import dev.myelin.observation.CallSurroundings;
import dev.myelin.wire.codec.ThrowableCodec;

/// The formats in which calls are read and answered.
///
/// @param throwables of what operations throw
/// @param json of calls that carry JSON
/// @param maxFrame most bytes of a result
/// @param surroundings of each call
record ServerFormats(
    ThrowableCodec throwables, JsonBinding json, int maxFrame, CallSurroundings surroundings) {}
