package dev.myelin.client;

import dev.myelin.Strategy;
import dev.myelin.client.pick.Candidate;
import dev.myelin.client.pick.Choice;
import dev.myelin.client.pick.Roster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How this process spreads the calls of one service over its instances. The same for all callers
/// in the process, whatever way a call takes: what one learns of an instance, all know.
/// Thread-safe; never blocks.
public interface Balance {

  /// Name of the service.
  String service();

  /// How an instance is chosen now.
  Strategy strategy();

  /// Chooses an instance for an attempt; never waits.
  ///
  /// @param choice what is known of the call
  /// @return one that the choice takes, if there is one; else any that may be chosen; null if there
  ///   is none
  @Nullable Candidate now(Choice choice);

  /// Takes note that an attempt got no answer.
  ///
  /// @param candidate where
  void unanswered(Candidate candidate);

  /// Those that may be chosen now, in order of their ids.
  List<Candidate> candidates();

  /// What is known of each instance, in order of their ids.
  List<Roster.Standing> standings();

  /// Retries that calls may cost now, whole ones.
  int retries();
}
