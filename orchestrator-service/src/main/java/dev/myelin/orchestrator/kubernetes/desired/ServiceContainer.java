package dev.myelin.orchestrator.kubernetes.desired;

import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/// Makes the container that hosts the service.
final class ServiceContainer {

  /// Volume at `/tmp`, the one place of the file system that can be written.
  static final String SCRATCH = "tmp";

  private static final int START_PERIOD = 2;
  private static final String LIVENESS = "/actuator/health/liveness";
  private static final String READINESS = "/actuator/health/readiness";

  private final DesiredSettings settings;

  ServiceContainer(DesiredSettings settings) {
    this.settings = settings;
  }

  Container of(Microservice resource) {
    var program = resource.getSpec().program();
    return new ContainerBuilder()
        .withName(Names.CONTAINER)
        .withImage(program.image())
        .withImagePullPolicy(program.imagePullPolicy())
        .withCommand(program.command())
        .withArgs(arguments(resource))
        .withEnv(variables(resource))
        .withEnvFrom(program.envFrom())
        .withPorts(port("calls", Names.CALL_PORT), port("http", Names.HTTP_PORT))
        .withResources(Placements.resources(resource.getSpec().placement(), settings.share()))
        .withSecurityContext(unprivileged())
        .withStartupProbe(startup())
        .withReadinessProbe(probe(READINESS, 2).withTimeoutSeconds(2).build())
        .withLivenessProbe(
            probe(LIVENESS, 10).withTimeoutSeconds(5).withFailureThreshold(6).build())
        .withVolumeMounts(mounts(resource))
        .build();
  }

  // What the image's own configuration says must not win
  private static List<String> arguments(Microservice resource) {
    var behaviour = resource.getSpec().behaviour();
    var service = "--myelin.services." + resource.service() + ".";
    var arguments = new ArrayList<String>();
    arguments.add("--myelin.mode=kubernetes");
    arguments.add("--myelin.hosts=" + resource.service());
    arguments.add("--myelin.port=" + Names.CALL_PORT);
    arguments.add("--server.port=" + Names.HTTP_PORT);
    arguments.add(service + "concurrency=" + behaviour.concurrency());
    arguments.add(service + "timeout=" + behaviour.limit().toMillis() + "ms");
    arguments.addAll(resource.getSpec().program().args());
    return arguments;
  }

  private List<EnvVar> variables(Microservice resource) {
    var variables = new ArrayList<EnvVar>();
    variables.add(fromPod("MYELIN_INSTANCE_ID", "metadata.name"));
    variables.add(fromPod("MYELIN_BIND_ADDRESS", "status.podIP"));
    variables.add(fromPod("POD_NAMESPACE", "metadata.namespace"));
    variables.add(fromPod("NODE_NAME", "spec.nodeName"));
    variables.add(variable("MYELIN_CORE_ADDRESS", settings.coreAddress()));
    variables.add(variable("MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED", "true"));
    variables.addAll(resource.getSpec().program().env());
    return variables;
  }

  private static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  // The version is the default: said, so that what comes back from the API is what was sent
  private static EnvVar fromPod(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef("v1", path)
        .endValueFrom()
        .build();
  }

  private static ContainerPort port(String name, int number) {
    return new ContainerPortBuilder()
        .withName(name)
        .withContainerPort(number)
        .withProtocol("TCP")
        .build();
  }

  private static SecurityContext unprivileged() {
    return new SecurityContextBuilder()
        .withReadOnlyRootFilesystem(true)
        .withAllowPrivilegeEscalation(false)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  private Probe startup() {
    long most = Math.max(1, settings.startLimit().toSeconds() / START_PERIOD);
    return probe(LIVENESS, START_PERIOD)
        .withTimeoutSeconds(2)
        .withFailureThreshold(Math.toIntExact(most))
        .build();
  }

  private static ProbeBuilder probe(String path, int period) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withNewPort("http")
        .endHttpGet()
        .withPeriodSeconds(period);
  }

  private static List<VolumeMount> mounts(Microservice resource) {
    var mounts = new ArrayList<VolumeMount>();
    mounts.add(new VolumeMountBuilder().withName(SCRATCH).withMountPath("/tmp").build());
    mounts.addAll(resource.getSpec().pod().volumeMounts());
    return mounts;
  }
}
