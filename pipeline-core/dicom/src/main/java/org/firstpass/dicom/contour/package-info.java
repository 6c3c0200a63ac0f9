/**
 * Planar contours as an RT Structure Set has them, in patient space, and the way onto the slices of
 * a grid. Knows no attributes and no files. Open {@link org.firstpass.dicom.contour.PlacedContours}
 * first.
 */
@NullMarked
package org.firstpass.dicom.contour;

import org.jspecify.annotations.NullMarked;
