/// What user code imports.
///
/// [Microservice] makes a bean a service, [Operation] refines one of its methods, and
/// [ConditionalOnHosted] and [ConditionalOnFront] choose beans by where they run; [EventBus] and
/// [Subscribe] publish events and take them. What enters is a user's bean; what leaves is either
/// its result or a [CallException] whose [Status] and [Execution] say what became of the call. Open
/// [Microservice] first.
@NullMarked
package dev.myelin;

import org.jspecify.annotations.NullMarked;
