/// Publishing and subscribing, apart from any broker.
@NullMarked
package dev.myelin.topic;

import org.jspecify.annotations.NullMarked;
