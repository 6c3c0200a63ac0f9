/**
 * What is proposed: a label map on the grid of the series, how sure the network is of each segment,
 * and an identity that the same input always gets again. Knows no DICOM object and no Kafka. Open
 * {@link org.firstpass.proposal.Proposal} first.
 */
@NullMarked
package org.firstpass.proposal;

import org.jspecify.annotations.NullMarked;
