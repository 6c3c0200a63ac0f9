/**
 * Values on a grid: volumes, label maps and what is done with them voxel by voxel. Knows no file
 * format but its own and NIfTI. Open {@link org.firstpass.volume.Volume} first.
 */
@NullMarked
package org.firstpass.volume;

import org.jspecify.annotations.NullMarked;
