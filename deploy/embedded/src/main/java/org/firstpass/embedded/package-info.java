/**
 * A real Kafka broker and a real PostgreSQL for one machine, started inside this process and kept
 * in a folder. Knows nothing of Firstpass's rooms. Open {@link
 * org.firstpass.embedded.EmbeddedBroker} first.
 */
@NullMarked
package org.firstpass.embedded;

import org.jspecify.annotations.NullMarked;
