package org.firstpass.pull;

import java.time.Instant;
import org.firstpass.failure.ReasonCode;

/**
 * Why an attempt did not do what it should.
 *
 * @param next the state that follows
 * @param due when it is tried again
 * @param explanation without patient data
 */
record Trouble(PullState next, Instant due, ReasonCode reason, String explanation) {}
