package dev.myelin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks the parameter by which [Strategy#STICKY] chooses the instance: calls with equal keys reach
/// the same one, from whichever process they come, as long as it serves.
///
/// Keys are compared by their text ([Object#toString()]), which has to be the same in every
/// process: strings, numbers, enums, `UUID`s, `URI`s and records of such are; an object that
/// inherits `toString` is not. A call without a key (null, or no parameter marked) takes turns.
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface StickyKey {}
