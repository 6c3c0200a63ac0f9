package org.firstpass.event;

import org.jspecify.annotations.Nullable;

/**
 * Why a series went to a package.
 *
 * @param rule the name of the routing rule, null if the package's own statement decided
 * @param protocol the annotation protocol that the rule asks for, null if none
 * @param priority what the rule adds to the priority of the task, 0 for nothing
 * @param explanation the stored story of every rule that was looked at
 */
public record RouteTaken(
    @Nullable String rule,
    @Nullable String protocol,
    int priority,
    @Nullable ObjectReference explanation) {}
