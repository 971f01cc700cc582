/// A module as Spring Modulith would have it: callers see an interface, what implements it is
/// nobody's business.
@NullMarked
package dev.myelin.samples.beans.module;

import org.jspecify.annotations.NullMarked;
