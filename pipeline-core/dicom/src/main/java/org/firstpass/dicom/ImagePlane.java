package org.firstpass.dicom;

import org.firstpass.geometry.Vector3;

/**
 * Where one frame lies in patient space.
 *
 * @param position the centre of its first pixel, Image Position (Patient) (0020,0032)
 * @param column where the column index grows, the first triplet of Image Orientation (Patient)
 * @param row where the row index grows, its second triplet
 * @see "PS3.3 C.7.6.2.1.1"
 */
record ImagePlane(Vector3 position, Vector3 column, Vector3 row) {}
