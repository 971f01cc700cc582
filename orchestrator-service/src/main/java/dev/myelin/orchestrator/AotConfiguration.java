package dev.myelin.orchestrator;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.aot.AotCaches;
import dev.myelin.orchestrator.aot.AotTraining;
import dev.myelin.orchestrator.aot.AotTraining.Rehearsal;
import dev.myelin.orchestrator.deploy.CoreCommand;
import dev.myelin.orchestrator.deploy.CoreCommand.Code;
import dev.myelin.orchestrator.deploy.JarStart;
import dev.myelin.orchestrator.state.ApplicationDescriber;
import dev.myelin.orchestrator.state.ApplicationDescriber.Program;
import dev.myelin.orchestrator.state.DescribedApplication;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.ApplicationDescription.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// How jars are started, that of the application and that of the core processes: with their AOT
/// caches, where that is wanted.
@Configuration(proxyBeanMethods = false)
@Conditional(OnKubernetes.Not.class)
@EnableConfigurationProperties(AotProperties.class)
final class AotConfiguration {

  // The first processes have the machine to themselves until then
  private static final Duration TRAINING_DELAY = Duration.ofSeconds(30);
  private static final Duration TRAINING_LIMIT = Duration.ofMinutes(10);

  /// What all caches share.
  ///
  /// @param folder the cluster's folder
  /// @param trainings runs trainings, one after the other
  /// @param standby whether this process only waits until another one ends
  /// @param time the clocks
  record Ground(ClusterFolder folder, Executor trainings, boolean standby, Time time) {

    AotCaches caches(String name, AotTraining.Program program, Rehearsal rehearsal) {
      return new AotCaches(
          new AotTraining(program, rehearsal, folder.logs().resolve(name + "-training.log")),
          folder.root().toAbsolutePath().resolve(name),
          OrchestratorConfiguration.ownThread(),
          trainings,
          time);
    }

    // Asked once before it is needed, so that a cache made earlier is found by the first start; a
    // process that only waits makes none, or several would at the same time
    JarStart asked(AotCaches caches, Path jar) {
      if (standby) {
        caches.lookAhead(jar);
      } else {
        caches.of(jar);
      }
      return caches;
    }
  }

  @Bean
  Ground aotGround(ClusterFolder folder, CoresProperties cores, Time time) {
    return new Ground(folder, oneAfterTheOther(), cores.member(), time);
  }

  private static Executor oneAfterTheOther() {
    var turn = new ReentrantLock();
    var later =
        CompletableFuture.delayedExecutor(
            TRAINING_DELAY.toSeconds(), TimeUnit.SECONDS, OrchestratorConfiguration.ownThread());
    return training ->
        later.execute(() -> {
          turn.lock();
          try {
            training.run();
          } finally {
            turn.unlock();
          }
        });
  }

  @Bean
  JarStart applicationStart(
      AotProperties aot,
      Environment environment,
      Program program,
      Ground ground,
      ObjectProvider<DescribedApplication> described) {
    if (!aot.aotCache() || OnDocker.in(environment)) {
      return JarStart.PLAIN;
    }
    var rehearsal =
        Rehearsal.ofInstance(
            program.arguments(),
            () -> described.getObject().await().services().stream().map(Service::name).toList());
    var trained =
        new AotTraining.Program(
            program.java(), program.jvmOptions(), program.variables(), TRAINING_LIMIT);
    return ground.asked(ground.caches("aot", trained, rehearsal), program.jar());
  }

  @Bean
  JarStart coreStart(
      AotProperties aot,
      CoresProperties cores,
      CoreCommand.Told told,
      Program program,
      Ground ground,
      ObjectProvider<ApplicationDescriber> describer) {
    if (!aot.aotCache()
        || cores.others() == 0
        || !(CoreCommand.codeOfThisProcess() instanceof Code.Jar(var jar))) {
      return JarStart.PLAIN;
    }
    Rehearsal rehearsal =
        folder -> {
          describer.getObject().tell(new ClusterFolder(folder));
          return told.arguments(Rehearsal.ID.value(), unrelated(folder));
        };
    var trained =
        new AotTraining.Program(
            program.java(),
            CoreCommand.optionsOfThisProcess(),
            program.variables(),
            TRAINING_LIMIT);
    return ground.asked(ground.caches("aot-core", trained, rehearsal), jar);
  }

  // What keeps a training apart from the cluster it is made for
  private static Map<String, String> unrelated(Path folder) {
    return Map.of("myelin.cluster.folder", folder.toString(), "myelin.core.aot-cache", "false");
  }
}
