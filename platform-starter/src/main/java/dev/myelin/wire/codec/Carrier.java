package dev.myelin.wire.codec;

/// How the value of a field travels between the user's object and the buffer.
enum Carrier {
  /// As an object, through the field's [Part].
  OBJECT(Object.class, "", Object.class, ""),
  /// As itself.
  STRING(String.class, "writeString", String.class, "readString"),
  /// As itself.
  BOOLEAN(boolean.class, "writeBoolean", boolean.class, "readBoolean"),
  /// As itself.
  BYTE(byte.class, "writeByte", int.class, "readByte"),
  /// As itself.
  SHORT(short.class, "writeInt", int.class, "readShort"),
  /// As itself.
  CHAR(char.class, "writeUnsignedInt", int.class, "readChar"),
  /// As itself.
  INT(int.class, "writeInt", int.class, "readInt"),
  /// As itself.
  LONG(long.class, "writeLong", long.class, "readLong"),
  /// As itself.
  FLOAT(float.class, "writeFloat", float.class, "readFloat"),
  /// As itself.
  DOUBLE(double.class, "writeDouble", double.class, "readDouble");

  private final Class<?> type;
  private final String writer;
  private final Class<?> written;
  private final String reader;

  Carrier(Class<?> type, String writer, Class<?> written, String reader) {
    this.type = type;
    this.writer = writer;
    this.written = written;
    this.reader = reader;
  }

  /// The carrier for a field.
  ///
  /// @param field erased type of the field
  /// @param part what writes and reads it
  static Carrier of(Class<?> field, Part part) {
    if (part instanceof ScalarPart<?> scalar && scalar.type() == Scalars.boxOf(field)) {
      for (var carrier : values()) {
        if (carrier.type == field) {
          return carrier;
        }
      }
    }
    return OBJECT;
  }

  /// The class as which a field is got and set.
  Class<?> type() {
    return type;
  }

  /// Name of the method of [Output] that writes it.
  String writer() {
    return writer;
  }

  /// What that method takes.
  Class<?> written() {
    return written;
  }

  /// Name of the method of [Input] that reads it.
  String reader() {
    return reader;
  }
}
