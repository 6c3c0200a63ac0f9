package org.firstpass.event;

import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.segment.Verdict;

/** What a reader decided on one segment, and how much changed. */
public record SegmentDecision(
    int segmentNumber,
    Verdict verdict,
    SegmentAlgorithmType algorithmType,
    long voxelsAdded,
    long voxelsRemoved,
    double diceToProposal) {}
