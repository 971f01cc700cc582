package dev.myelin.wire.codec;

import static java.lang.constant.ConstantDescs.CD_List;
import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.myelin.wire.codec.StructLayout.Slot;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes the [StructAccess] of one class: a hidden class of this package.
///
/// It holds the handles of the user's fields and constructor, and the parts of the fields, in
/// static final fields, which the JIT compiler treats as constants; so it compiles field access to
/// plain loads, whatever the visibility of the user's class, and without a box for a primitive. The
/// class dies with the last codec that uses it, since no class loader refers to it.
///
/// What it does, for `record Line(String sku, int count)`:
///
/// ```java
/// void write(Object value, Output output) {
///   output.writeString((String) GET_0.invokeExact(value));
///   output.writeInt((int) GET_1.invokeExact(value));
/// }
/// Object read(Input input) {
///   return NEW.invokeExact(input.readString(), input.readInt());
/// }
/// ```
final class StructGenerator {

  private static final ClassDesc SELF = describe(StructAccess.class).nested("Generated");
  private static final ClassDesc SUPER = describe(StructAccess.class);
  private static final ClassDesc PART = describe(Part.class);
  private static final ClassDesc OUTPUT = describe(Output.class);
  private static final ClassDesc INPUT = describe(Input.class);
  private static final ClassDesc MISFIT = describe(MisfitException.class);
  private static final ClassDesc LOOKUP = describe(MethodHandles.Lookup.class);
  private static final ClassDesc LOOKUPS = describe(MethodHandles.class);
  private static final String DATA = "_";

  private final StructLayout layout;
  private final StructHandles handles;
  private final Map<String, Object> constants = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  StructGenerator(StructLayout layout) {
    this.layout = layout;
    this.handles = new StructHandles(layout);
  }

  StructAccess generate() {
    byte[] bytes = ClassFile.of().build(SELF, this::define);
    var values = names.stream().map(constants::get).toList();
    try {
      var type = MethodHandles.lookup().defineHiddenClassWithClassData(bytes, values, true);
      var fields = layout.slots().stream().map(Slot::name).toList();
      return (StructAccess)
          type.findConstructor(type.lookupClass(), MethodType.methodType(void.class, List.class))
              .invoke(fields);
    } catch (Throwable e) {
      throw new IllegalStateException(
          "No code could be generated for '%s': %s".formatted(layout.type().getName(), e), e);
    }
  }

  private void define(ClassBuilder type) {
    type.withSuperclass(SUPER).withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
    type.withMethodBody(INIT_NAME, MethodTypeDesc.of(CD_void, CD_List), 0, this::construct);
    type.withMethodBody("write", MethodTypeDesc.of(CD_void, CD_Object, OUTPUT), 0, this::write);
    type.withMethodBody("read", MethodTypeDesc.of(CD_Object, INPUT), 0, this::read);
    for (var name : names) {
      type.withField(name, constantType(name), ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
    }
    type.withMethodBody(CLASS_INIT_NAME, MTD_void, ClassFile.ACC_STATIC, this::initialise);
  }

  private void construct(CodeBuilder code) {
    code.aload(0)
        .aload(1)
        .invokespecial(SUPER, INIT_NAME, MethodTypeDesc.of(CD_void, CD_List))
        .return_();
  }

  private void initialise(CodeBuilder code) {
    code.invokestatic(LOOKUPS, "lookup", MethodTypeDesc.of(LOOKUP))
        .ldc(DATA)
        .ldc(CD_List)
        .invokestatic(
            LOOKUPS,
            "classData",
            MethodTypeDesc.of(CD_Object, LOOKUP, CD_String, describe(Class.class)))
        .checkcast(CD_List)
        .astore(0);
    for (int i = 0; i < names.size(); i++) {
      var type = constantType(names.get(i));
      code.aload(0)
          .loadConstant(i)
          .invokeinterface(CD_List, "get", MethodTypeDesc.of(CD_Object, CD_int))
          .checkcast(type)
          .putstatic(SELF, names.get(i), type);
    }
    code.return_();
  }

  /// Writes slot after slot, counting them in a local variable, from which the path of a misfit is
  /// made.
  private void write(CodeBuilder code) {
    int at = code.allocateLocal(TypeKind.INT);
    code.iconst_0().istore(at);
    code.trying(
        body -> {
          for (int i = 0; i < layout.slots().size(); i++) {
            body.loadConstant(i).istore(at);
            writeSlot(body, i);
          }
          body.return_();
        },
        handlers ->
            handlers.catching(
                MISFIT,
                handler -> {
                  int misfit = handler.allocateLocal(TypeKind.REFERENCE);
                  handler
                      .astore(misfit)
                      .aload(0)
                      .aload(misfit)
                      .iload(at)
                      .invokevirtual(SUPER, "trace", MethodTypeDesc.of(MISFIT, MISFIT, CD_int))
                      .athrow();
                }));
  }

  private void writeSlot(CodeBuilder code, int index) {
    var slot = layout.slots().get(index);
    if (slot.member() == StructLayout.NO_MEMBER) {
      constant(code, "PART_" + index, slot.part());
      code.aconst_null()
          .aload(2)
          .invokevirtual(PART, "write", MethodTypeDesc.of(CD_void, CD_Object, OUTPUT));
      return;
    }
    var carrier = slot.carrier();
    if (carrier == Carrier.OBJECT) {
      constant(code, "PART_" + index, slot.part());
    } else {
      code.aload(2);
    }
    constant(code, "GET_" + index, handles.getter(slot.member()));
    code.aload(1)
        .invokevirtual(
            CD_MethodHandle, "invokeExact", MethodTypeDesc.of(describe(carrier.type()), CD_Object));
    if (carrier == Carrier.OBJECT) {
      code.aload(2).invokevirtual(PART, "write", MethodTypeDesc.of(CD_void, CD_Object, OUTPUT));
    } else {
      code.invokevirtual(
          OUTPUT, carrier.writer(), MethodTypeDesc.of(CD_void, describe(carrier.written())));
    }
  }

  /// Reads slot after slot into local variables, then makes the instance of them.
  private void read(CodeBuilder code) {
    var locals = new HashMap<Integer, Integer>();
    for (int i = 0; i < layout.slots().size(); i++) {
      var slot = layout.slots().get(i);
      var carrier = slot.carrier();
      if (carrier == Carrier.OBJECT) {
        readPart(code, "PART_" + i, slot.part());
      } else {
        code.aload(1)
            .invokevirtual(INPUT, carrier.reader(), MethodTypeDesc.of(describe(carrier.type())));
      }
      if (slot.member() == StructLayout.NO_MEMBER) {
        code.pop();
      } else {
        store(code, slot.member(), locals);
      }
    }
    switch (layout.construction()) {
      case Construction.WithArguments(_, var members) -> construct(code, members, locals);
      case Construction.ThenSet _ -> thenSet(code, locals);
    }
    code.areturn();
  }

  private void readPart(CodeBuilder code, String name, Part part) {
    constant(code, name, part);
    code.aload(1).invokevirtual(PART, "read", MethodTypeDesc.of(CD_Object, INPUT));
  }

  private void store(CodeBuilder code, int member, Map<Integer, Integer> locals) {
    var kind = TypeKind.from(handles.carrier(member).type());
    int local = code.allocateLocal(kind);
    locals.put(member, local);
    code.storeLocal(kind, local);
  }

  private void construct(CodeBuilder code, List<Integer> members, Map<Integer, Integer> locals) {
    layout
        .missing()
        .forEach((member, part) -> {
          readPart(code, "MISSING_" + member, part);
          store(code, member, locals);
        });
    constant(code, "NEW", handles.constructor());
    var parameters = new ArrayList<ClassDesc>();
    for (int member : members) {
      code.loadLocal(
          TypeKind.from(handles.carrier(member).type()),
          Objects.requireNonNull(locals.get(member)));
      parameters.add(describe(handles.carrier(member).type()));
    }
    code.invokevirtual(CD_MethodHandle, "invokeExact", MethodTypeDesc.of(CD_Object, parameters));
  }

  private void thenSet(CodeBuilder code, Map<Integer, Integer> locals) {
    int instance = code.allocateLocal(TypeKind.REFERENCE);
    constant(code, "NEW", handles.constructor());
    code.invokevirtual(CD_MethodHandle, "invokeExact", MethodTypeDesc.of(CD_Object))
        .astore(instance);
    locals.forEach((member, local) -> {
      var carrier = handles.carrier(member).type();
      constant(code, "SET_" + member, handles.setter(member));
      code.aload(instance)
          .loadLocal(TypeKind.from(carrier), local)
          .invokevirtual(
              CD_MethodHandle,
              "invokeExact",
              MethodTypeDesc.of(CD_void, CD_Object, describe(carrier)));
    });
    code.aload(instance);
  }

  private void constant(CodeBuilder code, String name, Object value) {
    if (constants.put(name, value) == null) {
      names.add(name);
    }
    code.getstatic(SELF, name, constantType(name));
  }

  private static ClassDesc constantType(String name) {
    return name.startsWith("PART_") || name.startsWith("MISSING_") ? PART : CD_MethodHandle;
  }

  private static ClassDesc describe(Class<?> type) {
    return ClassDesc.ofDescriptor(type.descriptorString());
  }
}
