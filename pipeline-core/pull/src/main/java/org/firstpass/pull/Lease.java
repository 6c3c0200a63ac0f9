package org.firstpass.pull;

import java.util.UUID;

/**
 * One row that this process works on now.
 *
 * @param token the fencing token: without it nothing is written
 * @param attempts with this one
 */
record Lease(long entry, UUID token, int attempts) {}
