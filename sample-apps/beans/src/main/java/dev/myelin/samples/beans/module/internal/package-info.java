/// The module's inside.
@NullMarked
package dev.myelin.samples.beans.module.internal;

import org.jspecify.annotations.NullMarked;
