/** Tests of the DICOM room. */
@NullMarked
package org.firstpass.dicom;

import org.jspecify.annotations.NullMarked;
