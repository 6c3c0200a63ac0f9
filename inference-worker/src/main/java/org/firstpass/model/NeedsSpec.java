package org.firstpass.model;

/**
 * What a machine must have.
 *
 * @param memoryMiB of the process, for the smallest series that the package accepts
 */
public record NeedsSpec(long memoryMiB) {
  public NeedsSpec {
    Requirement.that(memoryMiB >= 1, "needs.memoryMiB must be at least 1");
  }
}
