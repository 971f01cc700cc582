/// A small application as somebody might write it, for tests of whole processes.
@NullMarked
package dev.myelin.testapp;

import org.jspecify.annotations.NullMarked;
