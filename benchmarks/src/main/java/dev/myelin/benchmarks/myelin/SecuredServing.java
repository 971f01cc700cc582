package dev.myelin.benchmarks.myelin;

import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.observation.CallSurroundings;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A server over mutual TLS; its key goes with it.
///
/// @param serving the server
/// @param identity what the client needs
record SecuredServing(MyelinServing serving, PairIdentity identity) implements Serving {

  static <S> SecuredServing open(Class<S> service, S bean) throws IOException {
    var identity = PairIdentity.create();
    var path = CallPath.open(identity.security(), CallSurroundings.PLAIN);
    return new SecuredServing(MyelinServing.open(service, bean, path), identity);
  }

  @Override
  public int port() {
    return serving.port();
  }

  @Override
  public void close() {
    serving.close();
    try {
      identity.delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
