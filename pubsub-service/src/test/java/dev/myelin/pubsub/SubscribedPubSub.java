package dev.myelin.pubsub;

import dev.myelin.wire.Acknowledgement;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;

/// What a pubsub of a test need not do that nobody asks for changes.
interface SubscribedPubSub extends PubSub {

  @Override
  default long register(Instance instance) {
    throw new UnsupportedOperationException();
  }

  @Override
  default long announce(Announcement announcement) {
    throw new UnsupportedOperationException();
  }

  @Override
  default long name(InstanceId id, String service, long epoch) {
    throw new UnsupportedOperationException();
  }

  @Override
  default long deregister(InstanceId id, String reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  default Acknowledgement acknowledgement(long version) {
    throw new UnsupportedOperationException();
  }
}
