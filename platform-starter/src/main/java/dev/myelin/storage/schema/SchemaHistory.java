package dev.myelin.storage.schema;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which steps a store has taken, kept in a table of the store itself, and whose turn it is to take
/// further ones. Used by one thread.
///
/// Where the server cannot be reached, all of this fails with a
/// [dev.myelin.storage.StoreException].
public interface SchemaHistory {

  /// A step that was taken.
  ///
  /// @param version what the schema was after it
  /// @param what what it did
  /// @param breaking whether a release that does not know the step cannot work after it
  record Taken(int version, String what, boolean breaking) {}

  /// The server has refused a statement.
  final class RefusedException extends Exception {

    /// Passes on what the server said.
    ///
    /// @param cause what its driver has thrown
    public RefusedException(Exception cause) {
      super(cause.getMessage(), cause);
    }
  }

  /// Steps that were taken, in any order; empty if nobody keeps them yet.
  Optional<List<Taken>> taken();

  /// The last step whose result is there, where nobody has kept which were taken: the tables of
  /// releases before the history, or of somebody who made them by hand. 0 if there are none.
  int found();

  /// What makes the table of the history, each statement without effect where it is there.
  List<String> creation();

  /// What adds a step to the history, for somebody else to run.
  String record(Migration step);

  /// Runs a statement that may take long.
  ///
  /// @throws RefusedException if the server does not take it
  void run(String statement) throws RefusedException;

  /// Takes the turn, or keeps it for longer. It ends by itself: a process may die.
  ///
  /// @param holder who wants it
  /// @param time how long it is kept
  /// @return whether it is the holder's
  /// @throws RefusedException if the server does not take the statement
  boolean claim(String holder, Duration time) throws RefusedException;

  /// Adds a step, if the turn is still the holder's.
  ///
  /// @return whether it was
  /// @throws RefusedException if the server does not take the statement
  boolean add(Migration step, String holder) throws RefusedException;

  /// Gives the turn back.
  ///
  /// @throws RefusedException if the server does not take the statement
  void release(String holder) throws RefusedException;
}
