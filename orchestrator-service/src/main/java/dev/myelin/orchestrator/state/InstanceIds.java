package dev.myelin.orchestrator.state;

import dev.myelin.wire.InstanceId;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Makes identities such as `price-list-3f9a`.
public final class InstanceIds {

  private static final int LONGEST_NAME = 90;
  private static final int SHORTEST = 4;
  private static final int LONGEST = 8;
  private static final int ATTEMPTS_A_LENGTH = 64;

  private final RandomGenerator random;
  private final Predicate<InstanceId> used;

  /// Creates it.
  ///
  /// @param random where the last digits come from
  /// @param used whether an identity has been given before, as far as anything of it is left
  public InstanceIds(RandomGenerator random, Predicate<InstanceId> used) {
    this.random = random;
    this.used = used;
  }

  /// An identity that has not been used: the name and four hexadecimal digits, more where those
  /// have run out.
  ///
  /// @param service name of a service
  public InstanceId next(String service) {
    var name = service.substring(0, Math.min(service.length(), LONGEST_NAME));
    for (int digits = SHORTEST; digits <= LONGEST; digits++) {
      long range = 1L << (4 * digits);
      for (int i = 0; i < ATTEMPTS_A_LENGTH; i++) {
        var hex = Long.toHexString(range | random.nextLong(range)).substring(1);
        var id = new InstanceId(name + "-" + hex);
        if (!used.test(id)) {
          return id;
        }
      }
    }
    throw new IllegalStateException(
        "No unused identity for service '%s' found: delete old files of the cluster's folder."
            .formatted(service));
  }
}
