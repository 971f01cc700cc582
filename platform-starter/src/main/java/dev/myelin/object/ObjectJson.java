package dev.myelin.object;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.ser.Serializers;

/// Objects in JSON: the URI of an object, as a string, stands for it. Thread-safe.
final class ObjectJson extends JacksonModule {

  private final ObjectReferences references;

  ObjectJson(ObjectReferences references) {
    this.references = references;
  }

  @Override
  public String getModuleName() {
    return "myelin-objects";
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void setupModule(SetupContext context) {
    context.addSerializers(new UriSerializers());
    context.addDeserializers(new UriDeserializers());
  }

  private final class UriSerializers extends Serializers.Base {

    @Override
    public @Nullable ValueSerializer<?> findSerializer(
        SerializationConfig config,
        JavaType type,
        BeanDescription.Supplier description,
        com.fasterxml.jackson.annotation.JsonFormat.@Nullable Value format) {
      return ObjectType.objectClass(type.getRawClass()) == null ? null : new UriSerializer();
    }
  }

  private final class UriDeserializers extends Deserializers.Base {

    @Override
    public @Nullable ValueDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
      var found = ObjectType.objectClass(type.getRawClass());
      return found == null ? null : new UriDeserializer(found);
    }

    @Override
    public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
      return ObjectType.objectClass(type) != null;
    }
  }

  private final class UriSerializer extends ValueSerializer<Object> {

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
      generator.writeString(ObjectUri.of(references.keyOf(value)));
    }
  }

  private final class UriDeserializer extends ValueDeserializer<Object> {

    private final Class<?> type;

    UriDeserializer(Class<?> type) {
      this.type = type;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
      var uri = parser.getValueAsString();
      try {
        return references.parse(type, uri == null ? "" : uri);
      } catch (IllegalArgumentException e) {
        return context.handleWeirdStringValue(type, uri, "%s", e.getMessage());
      }
    }
  }
}
