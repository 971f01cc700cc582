package dev.myelin.client;

import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.ThrowableCodec;

/// The formats of a process's calls.
///
/// @param codec of arguments and results
/// @param throwables of what operations throw
/// @param maxFrame most bytes of arguments
public record CallFormats(Codec codec, ThrowableCodec throwables, int maxFrame) {}
