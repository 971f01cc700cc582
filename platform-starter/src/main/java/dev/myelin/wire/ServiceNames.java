package dev.myelin.wire;

import java.util.List;

/// Names that belong to the platform; no service of a user may have one of them.
public final class ServiceNames {

  /// Prefix of the names of core services.
  public static final String RESERVED_PREFIX = "myelin-";

  /// What fronts are listed as in the membership.
  public static final String FRONT = "front";

  /// Name of [Orchestrator].
  public static final String ORCHESTRATOR = "myelin-orchestrator";

  /// Name of [Stethoscope].
  public static final String STETHOSCOPE = "myelin-stethoscope";

  /// Name of [PubSub].
  public static final String PUBSUB = "myelin-pubsub";

  /// Name of [Topics].
  public static final String TOPICS = "myelin-topics";

  /// What gateways are listed as in the membership.
  public static final String GATEWAY = "myelin-gateway";

  /// Name of [InstanceControl], which every process hosts.
  public static final String INSTANCE = "myelin-instance";

  /// What core processes host and are listed under, in the order in which people are shown them.
  public static final List<String> CORE_SERVICES =
      List.of(GATEWAY, ORCHESTRATOR, PUBSUB, STETHOSCOPE, TOPICS);

  /// What core processes are counted as, whatever core services they host.
  public static final String CORE = "myelin-core";

  private ServiceNames() {}

  /// Whether a user's service may not have that name.
  ///
  /// @param name name of a service
  public static boolean reserved(String name) {
    return name.equals(FRONT) || name.startsWith(RESERVED_PREFIX);
  }
}
