package dev.myelin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks the field of a [MicroserviceObject] that is its id: a `String`, a `UUID`, a `long` or an
/// `int`. A string or `UUID` that is null when the object is created gets a random value. It never
/// changes afterwards.
///
/// Where a class has a field marked with the `@Id` of Spring Data or of Jakarta Persistence, that
/// is the id.
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ObjectId {}
