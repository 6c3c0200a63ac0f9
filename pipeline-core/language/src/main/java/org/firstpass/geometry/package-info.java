/**
 * Where voxels lie in patient space: LPS, mm, index order slice, row, column. Knows no pixels. Open
 * {@link org.firstpass.geometry.GridGeometry} first.
 */
@NullMarked
package org.firstpass.geometry;

import org.jspecify.annotations.NullMarked;
