package dev.myelin.benchmarks.objects;

import dev.myelin.benchmarks.objects.ObjectsTrial.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/// What the hosts of a trial keep their objects in, and what can go wrong with it. One thread's.
interface TrialStore extends AutoCloseable {

  /// Starts one.
  static TrialStore start(Kind kind) throws IOException, InterruptedException {
    return switch (kind) {
      case MEMORY -> new StallingServer();
      case CASSANDRA -> RealServers.cassandra();
      case POSTGRES -> RealServers.postgres();
    };
  }

  /// How a host finds it, as arguments of its command line.
  List<String> arguments();

  /// Lets something go wrong and waits until it has passed.
  void mishap(Random random) throws IOException, InterruptedException;

  /// What has gone wrong so far, for people.
  String told();

  @Override
  void close();
}
