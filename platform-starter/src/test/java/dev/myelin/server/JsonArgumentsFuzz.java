package dev.myelin.server;

import dev.myelin.Microservice;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.wire.Payload;
import dev.myelin.wire.codec.MalformedPayloadException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A JSON body as an instance binds it; the first byte chooses the operation.
public final class JsonArgumentsFuzz {

  private static final JsonBinding BINDING = new JsonBinding(JsonMapper.builder().build());
  private static final List<OperationContract> OPERATIONS =
      List.copyOf(ServiceContracts.of(Bound.class).operations());

  private JsonArgumentsFuzz() {}

  record Tree(@Nullable String text, @Nullable List<Tree> trees) {}

  /// What is called.
  @Microservice(name = "bound")
  public interface Bound {

    /// Numbers of all kinds.
    void numbers(int number, @Nullable Long box, BigInteger big, BigDecimal price, double fine);

    /// Structures.
    void structures(@Nullable Tree tree, Map<String, Optional<Tree>> map, int[][] array);

    /// Texts with a form.
    void texts(UUID id, Instant instant, ZonedDateTime zoned, Map<Integer, byte[]> bytes);
  }

  /// Runs it.
  ///
  /// @param input any bytes
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var operation = OPERATIONS.get((input[0] & 0xff) % OPERATIONS.size());
    try {
      var values = BINDING.read(operation, Payload.of(Arrays.copyOfRange(input, 1, input.length)));
      if (values.length != operation.parameters().size()) {
        throw new AssertionError(Arrays.toString(values));
      }
    } catch (MalformedPayloadException _) {
      // refused
    }
  }
}
