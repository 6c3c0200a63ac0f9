package org.firstpass.review;

import java.time.Instant;

/** That somebody wants to talk about a task, and why. */
public record Flag(String by, String comment, Instant at) {}
