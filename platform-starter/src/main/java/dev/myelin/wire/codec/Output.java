package dev.myelin.wire.codec;

/// Growing byte buffer that values are written to. Not thread-safe.
public final class Output {}
