package org.firstpass.pull;

import java.time.Instant;

/**
 * That a series was fetched.
 *
 * @param fetch what it is part of
 * @param began when it was first asked for
 */
public record PulledSeries(Fetch fetch, Instant began) {}
