/// What every broker keeps, run by those in memory and by the real ones alike.
@NullMarked
package dev.myelin.topic.broker;

import org.jspecify.annotations.NullMarked;
