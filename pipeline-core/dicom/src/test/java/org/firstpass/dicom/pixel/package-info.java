/** Tests of the DICOM room. */
@NullMarked
package org.firstpass.dicom.pixel;

import org.jspecify.annotations.NullMarked;
