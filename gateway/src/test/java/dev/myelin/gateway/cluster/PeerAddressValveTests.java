package dev.myelin.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.ClusterView;
import dev.myelin.wire.UnaskedOrchestrator;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.ServerRequest;

class PeerAddressValveTests {

  /// Sends a request whose connection comes from an address through our valve and then through the
  /// one that trusts `X-Forwarded-For`, and returns what arrives.
  private static ServerRequest through(String peer, String forwardedFor) throws Exception {
    var connector = new org.apache.catalina.connector.Connector();
    var request = new Request(connector, new org.apache.coyote.Request());
    request.setRemoteAddr(peer);
    request.getCoyoteRequest().getMimeHeaders().addValue("X-Forwarded-For").setString(forwardedFor);
    var arrived = new MockHttpServletRequest("GET", "/-/cluster");
    var ours = new PeerAddressValve();
    var trusting = new RemoteIpValve();
    ours.setNext(trusting);
    trusting.setNext(
        new ValveBase() {
          @Override
          public void invoke(Request each, Response response) {
            arrived.setRemoteAddr(each.getRemoteAddr());
            each.getAttributeNames()
                .asIterator()
                .forEachRemaining(name -> arrived.setAttribute(name, each.getAttribute(name)));
          }
        });

    ours.invoke(request, new Response(new org.apache.coyote.Response()));

    return ServerRequest.create(arrived, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.8.9.10, true",
    "0:0:0:0:0:0:0:1, true",
    "::1, true",
    "10.1.2.3, false",
    "192.168.0.7, false",
    "203.0.113.9, false",
    "2001:db8::1, false"
  })
  void requestWhenItClaimsToBeLoopbackIsJudgedByItsConnection(String peer, boolean loopback)
      throws Exception {
    assertThat(PeerAddressValve.loopback(through(peer, "127.0.0.1"))).isEqualTo(loopback);
  }

  @Test
  void requestWhenAStrangerIsBelievedByTomcatIsStillRefused() throws Exception {
    var request = through("10.1.2.3", "127.0.0.1");
    var routes =
        new ClusterRoutes(new Unasked(), () -> "", () -> Path.of("."), DataSize.ofMegabytes(1));

    var response = routes.route(request).orElseThrow().handle(request);

    assertThat(request.servletRequest().getRemoteAddr()).isEqualTo("127.0.0.1");
    assertThat(response.statusCode().value()).isEqualTo(403);
  }

  @Test
  void requestWhenTheValveHasNotSeenItIsNotLoopback() {
    var request = new MockHttpServletRequest("GET", "/-/cluster");
    request.setRemoteAddr("127.0.0.1");

    assertThat(PeerAddressValve.loopback(ServerRequest.create(request, List.of()))).isFalse();
  }

  private static final class Unasked extends UnaskedOrchestrator {

    @Override
    public ClusterView cluster() {
      throw new AssertionError("Asked for a stranger");
    }
  }
}
