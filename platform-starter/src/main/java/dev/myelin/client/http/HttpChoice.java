package dev.myelin.client.http;

import dev.myelin.client.pick.Candidate;
import dev.myelin.client.pick.Choice;
import dev.myelin.client.pick.StickyHash;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.loadbalancer.HintRequestContext;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.RetryableRequestContext;

/// What is known of an HTTP request that looks for an instance.
///
/// @param endpoints where the instances take HTTP requests
/// @param previous id of the instance at which the request failed before
/// @param key hash of the request's hint, the sticky key of HTTP
record HttpChoice(Map<InstanceId, Endpoint> endpoints, @Nullable String previous, long key)
    implements Choice {

  private static final String NO_HINT = "default";

  static HttpChoice of(Request<?> request, Map<InstanceId, Endpoint> endpoints, String hintHeader) {
    var context = request.getContext();
    return new HttpChoice(endpoints, previous(context), StickyHash.of(hint(context, hintHeader)));
  }

  private static @Nullable String previous(@Nullable Object context) {
    if (context instanceof RetryableRequestContext retry) {
      var instance = retry.getPreviousServiceInstance();
      return instance == null ? null : Attempt.instanceOf(instance);
    }
    return null;
  }

  // as HintBasedServiceInstanceListSupplier has it: the request's header, else the property
  private static @Nullable String hint(@Nullable Object context, String header) {
    var data = context instanceof RequestDataContext with ? with.getClientRequest() : null;
    var headers = data == null ? null : data.getHeaders();
    var said = headers == null ? null : headers.getFirst(header);
    if (said != null) {
      return said;
    }
    return context instanceof HintRequestContext hinted && !NO_HINT.equals(hinted.getHint())
        ? hinted.getHint()
        : null;
  }

  @Override
  public boolean tried(Candidate candidate) {
    return !endpoints.containsKey(candidate.id()) || candidate.id().value().equals(previous);
  }

  /// The same request where no instance is as it should be: any with an HTTP server will do.
  Choice undemanding() {
    var all = endpoints;
    var same = key;
    return new Choice() {
      @Override
      public boolean tried(Candidate candidate) {
        return !all.containsKey(candidate.id());
      }

      @Override
      public long key() {
        return same;
      }

      @Override
      public boolean takes(Candidate candidate) {
        return !tried(candidate);
      }
    };
  }
}
