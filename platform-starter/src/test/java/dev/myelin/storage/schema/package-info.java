/// Tests of how schemas come to be, for every store on a server.
@NullMarked
package dev.myelin.storage.schema;

import org.jspecify.annotations.NullMarked;
