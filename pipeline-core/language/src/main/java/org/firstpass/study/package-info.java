/**
 * Studies, series and instances by their identities. Knows no DICOM toolkit, no file, no database.
 * Open {@link org.firstpass.study.SeriesRevision} first.
 */
@NullMarked
package org.firstpass.study;

import org.jspecify.annotations.NullMarked;
