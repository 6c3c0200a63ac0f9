package org.firstpass.dataset;

import org.firstpass.dataset.split.Split;
import org.firstpass.event.CorrectionAccepted;

/**
 * A case that is to be written.
 *
 * @param backgroundUnknown whether a segment that nobody could assess may be anywhere outside the
 *     others
 */
record PlannedCase(
    String name, Split split, CorrectionAccepted correction, boolean backgroundUnknown) {}
