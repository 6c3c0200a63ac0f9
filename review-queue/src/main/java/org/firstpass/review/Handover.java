package org.firstpass.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task that one reader handed to another.
 *
 * @param note what the one wants to tell the other
 */
public record Handover(String by, String to, @Nullable String note, Instant at) {}
