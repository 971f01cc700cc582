/// What processes print.
///
/// Their log files enter; lines prefixed with an instance's id leave for the console ([LogEcho]),
/// and the last lines of a file for an error message ([LogTail]). Old files are deleted
/// ([LogRetention]). Open [LogEcho] first.
@NullMarked
package dev.myelin.orchestrator.output;

import org.jspecify.annotations.NullMarked;
