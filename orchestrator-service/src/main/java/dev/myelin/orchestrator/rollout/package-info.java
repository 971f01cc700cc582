/// The versions of an application, and the replacement of one by another.
///
/// A jar enters, by [RolloutDesk], which any orchestrator may be asked at; [Rollouts], on the loop
/// of the acting one, follows it through the phases of [RolloutTable]; [Versions], which says what
/// each service is to run, leaves for the next picture. What has to outlive an orchestrator is in
/// the cluster's folder: [RolloutStore]. Open [Rollouts] first.
@NullMarked
package dev.myelin.orchestrator.rollout;

import org.jspecify.annotations.NullMarked;
