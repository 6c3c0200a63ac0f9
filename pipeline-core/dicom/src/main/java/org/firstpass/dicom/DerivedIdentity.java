package org.firstpass.dicom;

import java.time.Instant;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;

/**
 * Which object one is that was made of a series.
 *
 * @param created content and series date and time, to the second, in the source's offset from UTC
 *     if it states one and in UTC if not
 */
public record DerivedIdentity(SopInstanceUid instance, SeriesInstanceUid series, Instant created) {}
