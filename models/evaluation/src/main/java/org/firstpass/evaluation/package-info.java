/**
 * How good the proposals of a package are on cases whose reference labels are known: measures of
 * one segment of one case as pure functions, their means with intervals for all cases and for each
 * scanner, sex, age band and site, and a report of them as JSON and as a page. Knows no Kafka and
 * no DICOM object. Open {@link org.firstpass.evaluation.SegmentMeasures} first.
 */
@NullMarked
package org.firstpass.evaluation;

import org.jspecify.annotations.NullMarked;
