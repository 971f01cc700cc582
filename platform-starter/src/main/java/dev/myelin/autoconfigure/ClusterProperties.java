package dev.myelin.autoconfigure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where the state of the cluster is.
///
/// @param folder folder that holds the state of a cluster on one host; required with
///   `myelin.mode=process` and `docker`
@ConfigurationProperties("myelin.cluster")
record ClusterProperties(@Nullable Path folder) {}
