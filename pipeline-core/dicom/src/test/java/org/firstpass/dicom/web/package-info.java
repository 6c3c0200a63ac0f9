/** Tests of the DICOM room. */
@NullMarked
package org.firstpass.dicom.web;

import org.jspecify.annotations.NullMarked;
