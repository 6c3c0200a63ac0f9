/**
 * Masks as contours and back, slice by slice: boundaries along voxel faces, even-odd filling, how
 * far two masks differ, and how much contour was added. Knows no file format and no patient space
 * but through a grid. Open {@link org.firstpass.volume.contour.BoundaryContours} first.
 */
@NullMarked
package org.firstpass.volume.contour;

import org.jspecify.annotations.NullMarked;
