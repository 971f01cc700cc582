/// grpc-java with protobuf, three ways: as it comes, as well tuned for blocking callers as can be,
/// and async.
///
/// [dev.myelin.benchmarks.grpc.DefaultGrpcVariant] is the plain case; the messages come from
/// `price_list.proto`.
@NullMarked
package dev.myelin.benchmarks.grpc;

import org.jspecify.annotations.NullMarked;
