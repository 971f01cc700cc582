/// Certificates for tests, made when they run: none is kept anywhere.
@NullMarked
package dev.myelin.pki;

import org.jspecify.annotations.NullMarked;
