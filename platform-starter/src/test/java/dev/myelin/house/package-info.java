/// Rules of architecture that more than one module keeps, for the tests of all of them.
@NullMarked
package dev.myelin.house;

import org.jspecify.annotations.NullMarked;
