package org.firstpass.pull;

import org.firstpass.arrival.Gateway;
import org.firstpass.database.Database;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.StreamConfig;

/**
 * What fetching stands on.
 *
 * @param gateway whose door everything comes in by
 * @param store of the gateway
 */
public record PullGround(
    Gateway gateway, ObjectStore store, Database database, StreamConfig stream) {}
