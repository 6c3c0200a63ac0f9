/**
 * On which side of a data set a patient is, decided once and for ever, and which patients are one
 * person. Knows no event and no file format. Open {@link org.firstpass.dataset.split.SplitLedger}
 * first.
 */
@NullMarked
package org.firstpass.dataset.split;

import org.jspecify.annotations.NullMarked;
