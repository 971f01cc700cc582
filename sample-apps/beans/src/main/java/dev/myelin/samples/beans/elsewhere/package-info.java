/// A bean that comes from the auto-configuration of another library.
@NullMarked
package dev.myelin.samples.beans.elsewhere;

import org.jspecify.annotations.NullMarked;
