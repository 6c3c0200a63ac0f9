package org.firstpass.study;

/** One series in its study. */
public record StudyReference(StudyInstanceUid study, SeriesInstanceUid series) {}
