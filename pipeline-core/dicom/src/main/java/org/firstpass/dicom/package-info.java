/**
 * The only room that speaks DICOM: series to Volume and back, SEG objects, associations. Knows no
 * store, no database, no Kafka. Open {@link org.firstpass.dicom.SeriesSurvey} for reading images,
 * {@link org.firstpass.dicom.StorageScp} for the network.
 */
@NullMarked
package org.firstpass.dicom;

import org.jspecify.annotations.NullMarked;
