package dev.myelin.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/// Limits of the protocol, checked before anything is allocated.
///
/// @param maxFrameSize size of a frame, and so of the arguments or the result of a call, above
///   which it is refused
/// @param maxStreams calls and streams that may be open at a time on one connection; more are
///   refused, so that the caller goes elsewhere
/// @param maxConnections connections that may be open at a time to this process, never more than
///   four fifths of the files that it may open; more are refused
@ConfigurationProperties("myelin.wire")
record WireProperties(
    @DefaultValue("16MB") DataSize maxFrameSize,
    @DefaultValue("65536") int maxStreams,
    @DefaultValue("10000") int maxConnections) {

  private static final DataSize LEAST_FRAME = DataSize.ofKilobytes(64);
  private static final DataSize MOST_FRAME = DataSize.ofGigabytes(1);

  WireProperties {
    if (maxFrameSize.compareTo(LEAST_FRAME) < 0 || maxFrameSize.compareTo(MOST_FRAME) > 0) {
      throw new InvalidConfigurationPropertyValueException(
          "myelin.wire.max-frame-size", maxFrameSize, "It must be from 64KB to 1GB.");
    }
    Limits.atLeastOne("myelin.wire.max-streams", maxStreams);
    Limits.atLeastOne("myelin.wire.max-connections", maxConnections);
  }
}
