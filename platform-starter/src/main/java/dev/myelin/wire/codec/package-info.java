/// Values to bytes and back.
///
/// [Codec] is the port; `BinaryCodec` is the default. A value's declared Java type becomes a
/// [Schema]; a [ValueCodec] is compiled once from the Java type and the schema that the *server*
/// declared, and then only the declared types can be created, whatever the bytes say. The format is
/// described in `docs/wire.md`. Nothing here does I/O or keeps state between values.
@NullMarked
package dev.myelin.wire.codec;

import org.jspecify.annotations.NullMarked;
