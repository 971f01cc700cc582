package dev.myelin.autoconfigure;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What travels with a call to another process.
///
/// Authentication does not by default: an instance would believe whoever can connect to its port
/// about who calls. Without it, an operation that demands an authority refuses remote calls, which
/// is safe; switch it on where only processes of the cluster can connect.
///
/// @param authentication whether name and authorities of Spring Security's authentication go along;
///   instances then believe whoever can connect to them
/// @param locale whether the locale and time zone of the calling thread go along
/// @param baggage fields of Micrometer Tracing's baggage that go along
@ConfigurationProperties("myelin.context")
record ContextProperties(
    @DefaultValue("false") boolean authentication,
    @DefaultValue("true") boolean locale,
    @DefaultValue List<String> baggage) {

  ContextProperties {
    baggage = List.copyOf(baggage);
  }
}
