/// Pubsub and its clients as processes of their own, which can be killed.
@NullMarked
package dev.myelin.pubsub.process;

import org.jspecify.annotations.NullMarked;
