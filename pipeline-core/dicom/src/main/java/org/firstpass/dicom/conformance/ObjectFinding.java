package org.firstpass.dicom.conformance;

/**
 * One thing that is wrong with an object.
 *
 * @param rule the name of the rule that it breaks, such as {@code attribute.missing}; never changes
 * @param path where, such as {@code SegmentSequence[2].SegmentLabel (0062,0005)}; empty for the
 *     object itself
 * @param expected what the rule wants, with the section of the standard where it is of one module
 * @param found what there is instead, in words and counts, never a value: it may name a patient
 */
public record ObjectFinding(String rule, String path, String expected, String found) {}
