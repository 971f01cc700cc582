package dev.myelin.client;

import dev.myelin.contract.EarlierOperation;
import dev.myelin.wire.codec.Input;
import dev.myelin.wire.codec.Output;
import dev.myelin.wire.codec.UncarriableValueException;
import dev.myelin.wire.codec.ValueCodec;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Arguments for an instance that was built before the last parameters were added: those are left
/// out if they equal their defaults, and refused otherwise, since the instance could only ignore
/// them.
///
/// @param arguments codec of the parameters that the instance has
/// @param earlier the operation as the instance has it
/// @param operation key of the operation as this side has it
/// @param builds the two builds, for messages
record DroppedArguments(
    ValueCodec arguments, EarlierOperation earlier, String operation, String builds)
    implements ValueCodec {

  @Override
  public void write(@Nullable Object value, Output output) {
    var all = (@Nullable Object[]) Objects.requireNonNull(value);
    int kept = earlier.contract().parameters().size();
    for (int i = kept; i < all.length; i++) {
      if (!Objects.deepEquals(all[i], earlier.defaults().get(i - kept))) {
        throw new UncarriableValueException(
            "the instance has '%s' but not yet '%s' (%s), and argument '%s' is not the default of its parameter '%s'"
                .formatted(
                    earlier.contract().key(),
                    operation,
                    builds,
                    all[i],
                    earlier.contract().method().getParameters()[i].getName()));
      }
    }
    arguments.write(Arrays.copyOf(all, kept), output);
  }

  @Override
  public @Nullable Object read(Input input) {
    return arguments.read(input);
  }
}
