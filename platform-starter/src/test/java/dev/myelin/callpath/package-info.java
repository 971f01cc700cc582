/// Client and server against each other, outside the packages whose frames are left out of stack
/// traces.
@NullMarked
package dev.myelin.callpath;

import org.jspecify.annotations.NullMarked;
