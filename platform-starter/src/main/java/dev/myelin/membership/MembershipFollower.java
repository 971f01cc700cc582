package dev.myelin.membership;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipUpdate;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the whole membership as another pubsub writes it, update by update: what a pubsub that
/// does not write it itself lives on.
///
/// Updates are handed on in order, each once, after their hash was found right; it reconnects and
/// resumes as every subscriber does. Only tasks of the scheduler call it, and are called by it.
public final class MembershipFollower implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MembershipFollower.class);
  private static final Set<String> EVERYTHING = Set.of("*");

  private final FeedConnection connection;

  /// Who is told. Called by tasks of the scheduler.
  public interface Listener {

    /// The next update.
    ///
    /// @param update a snapshot first
    /// @throws RuntimeException if it does not fit what was told before: everything is asked for
    ///   again
    void updated(MembershipUpdate update);

    /// A connection stands that is the first one, follows a lost one, or leads to another log.
    void connected();

    /// The connection is lost.
    void lost();
  }

  /// Creates one, which subscribes to nothing before it is started.
  ///
  /// @param subscriber id of the subscription, which no other subscription has
  /// @param pubsubs finds the pubsub that is followed
  /// @param scheduler where everything happens
  /// @param random spreads reconnections
  /// @param listener who is told
  public MembershipFollower(
      InstanceId subscriber,
      PubSubs pubsubs,
      SerialScheduler scheduler,
      RandomGenerator random,
      Listener listener) {
    this.connection =
        new FeedConnection(subscriber, pubsubs, scheduler, new Handing(listener), random);
  }

  /// Subscribes; without effect the second time.
  public void start() {
    connection.want(EVERYTHING);
  }

  /// Subscribes again at once, where another pubsub is to be followed.
  public void reconnect() {
    connection.reconnect();
  }

  @Override
  public void close() {
    connection.close();
  }

  private final class Handing implements FeedConnection.Receiver {

    private final Listener listener;

    Handing(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void applied(
        AppliedMembership membership, MembershipUpdate update, Predicate<String> affected) {
      try {
        listener.updated(update);
      } catch (RuntimeException e) {
        log.error("Version {} does not fit, all members are asked for again", update.version(), e);
        connection.startAnew();
      }
    }

    @Override
    public void connected() {
      listener.connected();
    }

    @Override
    public void lost() {
      listener.lost();
    }
  }
}
