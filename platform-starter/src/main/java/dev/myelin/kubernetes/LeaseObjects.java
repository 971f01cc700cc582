package dev.myelin.kubernetes;

import java.util.Optional;

/// One Lease of the API: read and written as it is there, never from a cache. Blocks, but for a
/// short while only; whatever fails is thrown, and nothing is tried twice.
public interface LeaseObjects {

  /// The object as it is; empty if there is none.
  Optional<LeaseObject> read();

  /// Creates it.
  ///
  /// @param content what it is to say
  /// @return empty if there is one already
  Optional<LeaseObject> create(LeaseObject.Content content);

  /// Writes it, if nobody has since it was read.
  ///
  /// @param before as it was read or written last
  /// @param content what it is to say
  /// @return empty if somebody has written or deleted it meanwhile
  Optional<LeaseObject> replace(LeaseObject before, LeaseObject.Content content);
}
