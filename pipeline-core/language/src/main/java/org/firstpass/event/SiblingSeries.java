package org.firstpass.event;

/** Another complete series of the same study, as it stood when an arrival was told. */
public record SiblingSeries(SeriesInput input, String modality, int instances) {}
