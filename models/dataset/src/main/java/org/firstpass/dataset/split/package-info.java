/**
 * On which side of a data set a patient is, decided once and for ever. Knows no image, no event and
 * no file format. Open {@link org.firstpass.dataset.split.SplitLedger} first.
 */
@NullMarked
package org.firstpass.dataset.split;

import org.jspecify.annotations.NullMarked;
