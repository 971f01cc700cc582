/// Several pubsubs and their clients on one virtual clock: the production classes, with a network
/// that delays and processes that die. Open [SimulatedCluster] first.
@NullMarked
package dev.myelin.pubsub.simulation;

import org.jspecify.annotations.NullMarked;
