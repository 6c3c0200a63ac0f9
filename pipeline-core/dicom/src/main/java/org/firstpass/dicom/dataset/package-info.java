/**
 * Data sets as they lie in their bytes: read and written element by element, never held as a whole.
 * For what passes through (DICOM JSON, transcoding, bulk data), where only bounded memory may be
 * used and no value may be changed. Open {@link org.firstpass.dicom.dataset.ElementReader} first.
 */
@NullMarked
package org.firstpass.dicom.dataset;

import org.jspecify.annotations.NullMarked;
