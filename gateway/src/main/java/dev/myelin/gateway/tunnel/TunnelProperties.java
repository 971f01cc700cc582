package dev.myelin.gateway.tunnel;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Tunnels for processes outside the cluster's network.
///
/// @param enabled Whether there are any. Who has a token can call whatever is in the cluster, as
///   its own processes can.
/// @param tokens Secrets of 16 characters or more, of which a process outside has to show one;
///   several, so that one can be replaced by another.
/// @param maxTunnels Tunnels that are open at a time, 1 or more; beyond that they are refused with
///   429.
/// @param buffer Bytes of a tunnel that wait here at most, in each direction; 1KB to 1MB.
/// @param connectTimeout How long connecting to a process may take.
/// @param stallTimeout Time after which a tunnel ends of which one end takes nothing.
/// @param drainTimeout How long a gateway that ends waits for the calls in its tunnels.
@ConfigurationProperties("myelin.core.gateway.tunnel")
public record TunnelProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue List<String> tokens,
    @DefaultValue("256") int maxTunnels,
    @DefaultValue("16KB") DataSize buffer,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("20s") Duration stallTimeout,
    @DefaultValue("10s") Duration drainTimeout) {

  private static final String PREFIX = "'myelin.core.gateway.tunnel.";
  private static final int SHORTEST_TOKEN = 16;
  private static final DataSize LEAST = DataSize.ofKilobytes(1);
  private static final DataSize MOST = DataSize.ofMegabytes(1);

  /// Checks the limits.
  public TunnelProperties {
    tokens = List.copyOf(tokens);
    if (enabled && tokens.isEmpty()) {
      throw new IllegalArgumentException(
          PREFIX
              + "enabled' is true, but 'myelin.core.gateway.tunnel.tokens' is empty: nobody could"
              + " be let in");
    }
    // without the token itself, since this is logged
    if (tokens.stream().anyMatch(token -> token.strip().length() < SHORTEST_TOKEN)) {
      throw new IllegalArgumentException(
          PREFIX
              + "tokens' has one that is shorter than %d characters; make one by 'openssl rand -hex 24'"
                  .formatted(SHORTEST_TOKEN));
    }
    if (maxTunnels < 1) {
      throw new IllegalArgumentException(
          PREFIX + "max-tunnels' is %d but must be at least 1".formatted(maxTunnels));
    }
    if (buffer.compareTo(LEAST) < 0 || buffer.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          PREFIX + "buffer' is %s but must be from %s to %s".formatted(buffer, LEAST, MOST));
    }
    if (!connectTimeout.isPositive()) {
      throw new IllegalArgumentException(
          PREFIX + "connect-timeout' is %s but must be more than 0".formatted(connectTimeout));
    }
    if (!stallTimeout.isPositive()) {
      throw new IllegalArgumentException(
          PREFIX + "stall-timeout' is %s but must be more than 0".formatted(stallTimeout));
    }
    if (drainTimeout.isNegative()) {
      throw new IllegalArgumentException(
          PREFIX + "drain-timeout' is %s but must be at least 0".formatted(drainTimeout));
    }
  }

  /// Without the tokens.
  @Override
  public String toString() {
    return "TunnelProperties[enabled=%s, tokens=%d, maxTunnels=%d]"
        .formatted(enabled, tokens.size(), maxTunnels);
  }
}
