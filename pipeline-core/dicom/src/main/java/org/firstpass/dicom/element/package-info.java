/**
 * Reading single DICOM attributes so that missing, empty and malformed are told apart. Knows
 * nothing of images or series. Open {@link org.firstpass.dicom.element.Elements} first.
 */
@NullMarked
package org.firstpass.dicom.element;

import org.jspecify.annotations.NullMarked;
