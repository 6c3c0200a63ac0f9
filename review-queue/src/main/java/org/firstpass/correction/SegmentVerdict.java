package org.firstpass.correction;

import org.firstpass.segment.Verdict;

/** What a reader said of one segment. */
public record SegmentVerdict(int number, Verdict verdict) {}
