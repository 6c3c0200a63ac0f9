package org.firstpass.dataset;

/** The value and the name that a segment has in the data set; the name is unique in it. */
public record LabelValue(int value, int segmentNumber, String name) {}
