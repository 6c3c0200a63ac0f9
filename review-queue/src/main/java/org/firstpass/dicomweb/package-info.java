/**
 * The DICOMweb server: QIDO-RS, WADO-RS and STOW-RS below {@code /dicom-web}, over an index of its
 * own that follows arrivals, proposals and corrections. It alone reads patients' names, and tells
 * them only to who has a role for it. Open {@link org.firstpass.dicomweb.DicomWeb} first.
 */
@NullMarked
package org.firstpass.dicomweb;

import org.jspecify.annotations.NullMarked;
