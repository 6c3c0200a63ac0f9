/**
 * Where voxels lie: in patient space (LPS, mm), or in the plane of an image that has no place in
 * it. Index order slice, row, column. Knows no pixels. Open {@link
 * org.firstpass.geometry.GridGeometry} first.
 */
@NullMarked
package org.firstpass.geometry;

import org.jspecify.annotations.NullMarked;
