/** Tests of the tables. */
@NullMarked
package org.firstpass.dicom.conformance;

import org.jspecify.annotations.NullMarked;
