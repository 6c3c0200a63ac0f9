package org.firstpass.quality;

/** How much was drawn with one tool. */
public record QualityTool(String tool, long edits, double drawingSeconds) {}
