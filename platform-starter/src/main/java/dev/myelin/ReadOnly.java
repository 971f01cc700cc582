package dev.myelin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks an operation of a [MicroserviceObject] that changes nothing: nothing is written after it,
/// whatever it did to the fields, it waits for nobody, and it is idempotent.
///
/// An operation without it that leaves the fields as they were writes nothing either; it is only
/// not known beforehand.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ReadOnly {}
