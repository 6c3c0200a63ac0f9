/**
 * What DICOMweb needs of instances: DICOM JSON both ways, bulk data, frames as stored or decoded,
 * transcoding and rendering, all from the bytes and in bounded memory. Knows nothing of HTTP. Open
 * {@link org.firstpass.dicom.web.DicomJson} first.
 */
@NullMarked
package org.firstpass.dicom.web;

import org.jspecify.annotations.NullMarked;
