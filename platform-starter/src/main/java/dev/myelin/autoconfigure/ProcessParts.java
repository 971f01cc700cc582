package dev.myelin.autoconfigure;

import dev.myelin.contract.DeclaredServices;
import dev.myelin.membership.Farewell;
import dev.myelin.membership.LeaveNotice;
import dev.myelin.membership.LoadSource;
import dev.myelin.membership.MembershipFeed;
import dev.myelin.membership.StethoscopeLine;
import dev.myelin.server.CallServer;
import dev.myelin.transport.Transport;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ConfigurableApplicationContext;

/// What a process of a cluster works with.
///
/// @param identity who it is
/// @param context its application
/// @param path how calls come in
/// @param membership who else is there
/// @param limits its timeouts
record ProcessParts(
    Identity identity,
    ConfigurableApplicationContext context,
    Path path,
    Membership membership,
    LifecycleProperties limits) {

  /// Who a process is.
  ///
  /// @param id its identity
  /// @param description of the application
  /// @param declared all services of the application
  record Identity(InstanceId id, ApplicationDescription description, DeclaredServices declared) {}

  /// How calls come in.
  ///
  /// @param transport carries them
  /// @param server serves them
  /// @param greeting what is said first
  /// @param properties where to listen
  /// @param advertisedHost where others reach it, if that is not where it listens
  record Path(
      Transport transport,
      CallServer server,
      CallPathConfiguration.Greeting greeting,
      MyelinProperties properties,
      @Nullable String advertisedHost) {}

  /// Who else is there.
  ///
  /// @param presence how it is there beside that
  /// @param feed the membership
  /// @param load figures for heartbeats
  /// @param pubsub where to register
  /// @param stethoscopes where to beat
  /// @param farewell where to say how the drain went
  /// @param notice tells callers that it leaves
  record Membership(
      Presence presence,
      MembershipFeed feed,
      LoadSource load,
      ObjectProvider<PubSub> pubsub,
      StethoscopeLine stethoscopes,
      Farewell farewell,
      LeaveNotice notice) {}
}
