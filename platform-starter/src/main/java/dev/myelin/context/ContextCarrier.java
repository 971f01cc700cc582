package dev.myelin.context;

import dev.myelin.wire.ContextFields;

/// Takes one kind of context from a calling thread to the thread that serves the call.
///
/// Every bean of this type is asked, in the order of their `@Order`, for each call that leaves the
/// process, and again for each call that arrives with any field at all. Both sides need the
/// carrier: fields that nobody knows are passed over. Names of fields are shared by all carriers;
/// an application's should have a prefix. Must be thread-safe and must not block.
public interface ContextCarrier {

  /// What the current thread's context is, for the other side. On the calling thread, before the
  /// call is sent.
  ///
  /// @return [ContextFields#EMPTY] where there is nothing to carry
  ContextFields write();

  /// Makes what arrived the context of the current thread. On the serving thread, which had no
  /// context before.
  ///
  /// @param fields of all carriers, as another process sent them: to be judged like any input
  /// @return takes the context away again; closed on the same thread, whatever became of the call
  ContextScope restore(ContextFields fields);
}
