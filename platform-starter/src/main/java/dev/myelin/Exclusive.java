package dev.myelin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks an operation of a [MicroserviceObject] that must not run a second time because somebody
/// else has changed the object meanwhile: one that sends a mail, or books something elsewhere.
///
/// It gets an exclusive turn: before it runs, a mark in the stored object keeps all others from
/// changing it (those that are [ReadOnly] go on). The turn is a lease that its holder renews while
/// it runs; where the holder dies, others go on as soon as they have seen the lease unchanged for
/// its length, and whatever the dead one may still write is refused. Such an operation must not
/// call an operation of the same object that changes it, which would wait for the turn to end.
///
/// It is never idempotent: a caller whose answer was lost is told that it may have run.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Exclusive {}
