/**
 * Segmentations and structure sets that other programs stored: matched to a proposal by what they
 * say and where they lie, and made a correction, or kept for a person. Knows no DICOM attribute, no
 * SQL and no HTTP. Open {@link org.firstpass.foreign.ForeignDesk} first.
 */
@NullMarked
package org.firstpass.foreign;

import org.jspecify.annotations.NullMarked;
