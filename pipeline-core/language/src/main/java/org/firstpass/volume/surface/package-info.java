/**
 * The surfaces of segments in space, and how far two of them are apart. Knows no file format and no
 * patient space but through a grid. Open {@link org.firstpass.volume.surface.SurfaceAgreement}
 * first.
 */
@NullMarked
package org.firstpass.volume.surface;

import org.jspecify.annotations.NullMarked;
