package dev.myelin.wire.codec;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The fields that classes of exceptions outside the JDK declare: each with its class, its name and
/// the hash of its schema, so that the other side restores those that it declares likewise.
final class ThrowableFields {

  /// Most bytes of one field.
  private static final int MAX_LENGTH = 64 * 1024;

  private final Codec codec;
  private final Map<Class<?>, List<OwnField>> byClass = new ConcurrentHashMap<>();

  ThrowableFields(Codec codec) {
    this.codec = codec;
  }

  /// Appends the fields that can be carried.
  void write(Throwable throwable, Output output) {
    for (var field : byClass.computeIfAbsent(throwable.getClass(), this::fields)) {
      int start = output.size();
      try {
        write(field, field.get(throwable), output);
      } catch (RuntimeException _) { // such as a collection that changes meanwhile
        output.truncate(start);
      }
      if (output.size() - start > MAX_LENGTH) {
        output.truncate(start);
      }
    }
    output.writeBoolean(false);
  }

  /// Reads fields and sets those that the exception declares likewise.
  void read(Throwable throwable, Input input) {
    var fields = byClass.computeIfAbsent(throwable.getClass(), this::fields);
    while (input.readBoolean()) {
      var owner = input.readString();
      var name = input.readString();
      long hash = input.readFixedLong();
      var value = input.slice(input.readFixedInt());
      for (var field : fields) {
        if (field.hash == hash && field.owner().equals(owner) && field.name().equals(name)) {
          field.set(throwable, field.values.read(value));
        }
      }
    }
  }

  private static void write(OwnField field, @Nullable Object value, Output output) {
    output.writeBoolean(true);
    output.writeString(field.owner());
    output.writeString(field.name());
    output.writeFixedLong(field.hash);
    int start = output.size();
    output.writeFixedInt(0);
    field.values.write(value, output);
    output.setFixedInt(start, output.size() - start - Integer.BYTES);
  }

  private List<OwnField> fields(Class<?> type) {
    var fields = new ArrayList<OwnField>();
    for (var owner = type; !ShapeReader.platform(owner); owner = owner.getSuperclass()) {
      try {
        for (var field : owner.getDeclaredFields()) {
          var own = field(field);
          if (own != null) {
            fields.add(own);
          }
        }
      } catch (LinkageError | TypeNotPresentException _) {
        return List.copyOf(fields); // a field's class is not here, so nobody can have set it
      }
    }
    return List.copyOf(fields);
  }

  private @Nullable OwnField field(Field field) {
    if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) != 0
        || field.isSynthetic()) {
      return null;
    }
    try {
      field.setAccessible(true);
      var schema = codec.schema(field.getGenericType());
      return new OwnField(field, schema.hash(), codec.compile(field.getGenericType(), schema));
    } catch (InaccessibleObjectException | UncarriableTypeException _) {
      return null;
    }
  }

  /// One field.
  ///
  /// @param hash of its schema
  private record OwnField(Field field, long hash, ValueCodec values) {

    String owner() {
      return field.getDeclaringClass().getName();
    }

    String name() {
      return field.getName();
    }

    @Nullable Object get(Throwable throwable) {
      try {
        return field.get(throwable);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("'%s' was made accessible".formatted(field), e);
      }
    }

    void set(Throwable throwable, @Nullable Object value) {
      try {
        field.set(throwable, value);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("'%s' was made accessible".formatted(field), e);
      }
    }
  }
}
