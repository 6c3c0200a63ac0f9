/**
 * Accepted corrections as data sets that a trainer opens without a script: image and label NIfTI,
 * split by patient, with a manifest whose hash a second export reproduces. Knows no model and no
 * review queue, only the correction topic and the store. Open {@link
 * org.firstpass.dataset.DatasetExport} first.
 */
@NullMarked
package org.firstpass.dataset;

import org.jspecify.annotations.NullMarked;
