package dev.myelin.wire.codec;

/// Bytes that values are read from. Not thread-safe.
public final class Input {}
