package dev.myelin.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CqlFailuresTests {

  private static final Node NODE =
      (Node)
          Proxy.newProxyInstance(
              CqlFailuresTests.class.getClassLoader(),
              new Class<?>[] {Node.class},
              (proxy, method, _) ->
                  switch (method.getName()) {
                    case "toString" -> "a node";
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> false;
                    default -> throw new UnsupportedOperationException(method.getName());
                  });

  private static DriverException all(Throwable error) {
    return AllNodesFailedException.fromErrors(List.of(Map.entry(NODE, error)));
  }

  @Test
  void statementThatNoNodeCouldBeSentHadNoEffect() {
    assertThat(CqlFailures.hadNoEffect(all(new NodeUnavailableException(NODE)))).isTrue();
  }

  @Test
  void statementOnAConnectionThatBrokeMayHaveHadOne() {
    assertThat(CqlFailures.hadNoEffect(all(new ClosedConnectionException("reset")))).isFalse();
  }
}
