/**
 * The worker: takes arrivals from Kafka, segments them and says what came of it. The only room that
 * sees all others of this module. Open {@link org.firstpass.worker.SeriesSegmenter} first, then
 * {@link org.firstpass.worker.Worker}.
 */
@NullMarked
package org.firstpass.worker;

import org.jspecify.annotations.NullMarked;
