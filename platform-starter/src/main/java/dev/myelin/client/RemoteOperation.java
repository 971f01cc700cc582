package dev.myelin.client;

import dev.myelin.wire.codec.ValueCodec;

/// How to call an operation on one connection.
///
/// @param index number of the operation at the peer
/// @param arguments codec of its arguments, in the schema that the peer declared
/// @param result codec of its result
record RemoteOperation(int index, ValueCodec arguments, ValueCodec result) {}
