/**
 * Frames out of pixel data: uncompressed and run-length data by our own reading, JPEG, JPEG-LS and
 * JPEG 2000 through the toolkit's native codecs, each frame on its own. Knows nothing of series,
 * positions or rescaling. Open {@link org.firstpass.dicom.pixel.PixelData} first.
 */
@NullMarked
package org.firstpass.dicom.pixel;

import org.jspecify.annotations.NullMarked;
