/**
 * What a reader decided and painted, checked against the proposal and turned into a label that can
 * be learned from. Knows no database and no HTTP. Open {@link
 * org.firstpass.correction.CorrectedLabel} first.
 */
@NullMarked
package org.firstpass.correction;

import org.jspecify.annotations.NullMarked;
