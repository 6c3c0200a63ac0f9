package org.firstpass.study;

/** One stored instance: what it is and which bytes it is. */
public record InstanceReference(
    SopInstanceUid instance, SopClassUid sopClass, Sha256 content, long size) {}
