package dev.myelin.orchestrator.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;

/// What an instance runs.
///
/// @param image image of the application
/// @param imagePullPolicy when it is pulled
/// @param imagePullSecrets names of the secrets by which it is pulled
/// @param command replaces the entry point of the image
/// @param args arguments of the application, after those of the platform
/// @param env environment variables
/// @param envFrom sources of environment variables
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProgramSpec(
    String image,
    String imagePullPolicy,
    List<String> imagePullSecrets,
    List<String> command,
    List<String> args,
    List<EnvVar> env,
    List<EnvFromSource> envFrom) {

  /// Takes what is absent for empty.
  public ProgramSpec {
    image = image == null ? "" : image;
    imagePullPolicy = imagePullPolicy == null ? "IfNotPresent" : imagePullPolicy;
    imagePullSecrets = Absent.list(imagePullSecrets);
    command = Absent.list(command);
    args = Absent.list(args);
    env = Absent.list(env);
    envFrom = Absent.list(envFrom);
  }
}
