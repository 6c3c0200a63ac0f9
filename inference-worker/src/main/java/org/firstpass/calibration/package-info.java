/**
 * How far a package's own doubt can be trusted: measured on cases whose reference labels are known
 * and which its training has not seen, and written into a new version of the package. Knows no
 * Kafka and no DICOM object. Open {@link org.firstpass.calibration.Calibration} first.
 */
@NullMarked
package org.firstpass.calibration;

import org.jspecify.annotations.NullMarked;
