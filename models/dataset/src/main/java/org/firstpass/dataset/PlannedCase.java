package org.firstpass.dataset;

/**
 * A case that is to be written.
 *
 * @param backgroundUnknown whether a segment that nobody could assess may be anywhere outside the
 *     others
 */
record PlannedCase(String name, ReadSeries series, boolean backgroundUnknown) {}
