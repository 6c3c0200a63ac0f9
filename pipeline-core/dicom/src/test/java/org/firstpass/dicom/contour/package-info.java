/** Tests of the DICOM room. */
@NullMarked
package org.firstpass.dicom.contour;

import org.jspecify.annotations.NullMarked;
